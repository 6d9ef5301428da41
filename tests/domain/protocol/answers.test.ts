import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { MAX_LISTED } from "../../../src/domain/limits.ts";
import { ApiKeyListResponse, NewApiKeyResponse } from "../../../src/domain/protocol/api-key-info.ts";
import { EntityVersionsResponse } from "../../../src/domain/protocol/entity-versions.ts";
import { DeviceListResponse } from "../../../src/domain/protocol/registered-device.ts";

const ID = "5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70";
const TIME = "2026-03-02T20:10:00.000Z";
const device = { id: ID, label: "laptop", created_at: TIME, last_seen_at: TIME };
const key = { id: ID, label: null, created_at: TIME, revoked_at: null, last_used_at: null, is_current: true };
const version = {
  entity_type: "MoodEntry",
  id: ID,
  updated_at: TIME,
  deleted: true,
  data: null,
  content_hash: "0000000000000000",
  device_id: ID,
  stored_at: TIME,
  outcome: "current",
};

const accepts = (schema: z.ZodType, answer: object) => schema.safeParse(answer).success;

describe("an answer with devices or keys", () => {
  test.each(["", " ", "x".repeat(81), "\0", "\uD800"])("must not have the label %j", (label) => {
    expect(accepts(DeviceListResponse, { devices: [{ ...device, label }] })).toBe(false);
    expect(accepts(ApiKeyListResponse, { api_keys: [{ ...key, label }] })).toBe(false);
  });

  test("may have a label of 80 characters of any plane, or none", () => {
    for (const label of ["🌧".repeat(80), null]) {
      expect(accepts(DeviceListResponse, { devices: [{ ...device, label }] })).toBe(true);
      expect(accepts(ApiKeyListResponse, { api_keys: [{ ...key, label }] })).toBe(true);
    }
  });

  test("must not list more than anybody has", () => {
    const listed = (count: number) => accepts(DeviceListResponse, { devices: Array(count).fill(device) });
    expect([listed(MAX_LISTED), listed(MAX_LISTED + 1)]).toEqual([true, false]);
  });

  test("must have a new key of the right form", () => {
    expect(accepts(NewApiKeyResponse, { id: ID, label: null, api_key: "msk_" })).toBe(false);
  });
});

describe("an answer with versions", () => {
  test("may say what became of them in a word of a later server, which is short", () => {
    const ended = (outcome: string) =>
      accepts(EntityVersionsResponse, { versions: [{ ...version, outcome }] });
    expect([ended("archived"), ended("x".repeat(65)), ended("\0")]).toEqual([true, false, false]);
  });
});
