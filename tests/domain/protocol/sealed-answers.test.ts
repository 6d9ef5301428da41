import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { MAX_LISTED, MAX_PAGE_CHANGES } from "../../../src/domain/limits.ts";
import {
  SealedConflict,
  SealedDigestResponse,
  SealedDownloadRequest,
  SealedDownloadResponse,
  SealedUploadResponse,
  SealedVersion,
  SealedVersionsResponse,
} from "../../../src/domain/protocol/sealed-change.ts";

const ID = "4455b895-95ba-873f-b28b-8e47f458e901";
const DEVICE = "5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70";
const TIME = "2026-03-02T20:00:05.123Z";
const KEY_ID = "449d0e2166b4ec3d";
const change = { id: ID, updated_at: TIME, deleted: true, envelope: "AQAA" };
const conflict = { id: ID, reason: "stale_base", server_change: change, server_device_id: DEVICE };
const version = { ...change, content_hash: "37a1e5849a562a88", device_id: DEVICE, stored_at: TIME };
const digest = { generation: 1, key_id: KEY_ID, server_cursor: "c", count: 1, tombstones: 0 };

const accepts = (schema: z.ZodType, answer: object) => schema.safeParse(answer).success;

describe("of a sealed account", () => {
  test("a conflict names a sealed entity, and the reason in any word", () => {
    expect(accepts(SealedConflict, conflict)).toBe(true);
    expect(accepts(SealedConflict, { id: ID, reason: "of a later server", detail: "envelope …" })).toBe(true);
    expect(accepts(SealedConflict, { ...conflict, id: DEVICE })).toBe(false);
    expect(accepts(SealedConflict, { ...conflict, server_change: { ...change, data: null } })).toBe(false);
  });

  test("an answer to an upload says of which generation it is", () => {
    const answer = {
      generation: 1,
      server_cursor: "a",
      head_cursor: "b",
      applied_ids: [ID],
      conflicts: [conflict],
      server_time: 0,
    };
    expect(accepts(SealedUploadResponse, answer)).toBe(true);
    expect(accepts(SealedUploadResponse, { ...answer, generation: undefined })).toBe(false);
    expect(accepts(SealedUploadResponse, { ...answer, applied_ids: [DEVICE] })).toBe(false);
  });

  test("a page is asked for with the generation and the key, and has sealed changes only", () => {
    const request = { device_id: DEVICE, generation: 1, key_id: KEY_ID, since: null };
    expect(accepts(SealedDownloadRequest, { ...request, limit: MAX_PAGE_CHANGES })).toBe(true);
    expect(accepts(SealedDownloadRequest, { ...request, limit: MAX_PAGE_CHANGES + 1 })).toBe(false);
    expect(accepts(SealedDownloadRequest, { ...request, key_id: undefined })).toBe(false);
    const page = { generation: 1, server_cursor: "a", has_more: false, deletions_ahead: 0, server_time: 0 };
    expect(accepts(SealedDownloadResponse, { ...page, changes: [change] })).toBe(true);
    expect(accepts(SealedDownloadResponse, { ...page, changes: [{ ...change, envelope: null }] })).toBe(
      false,
    );
  });

  test("a digest has the form of every checksum", () => {
    expect(accepts(SealedDigestResponse, { ...digest, checksum: "0".repeat(16) })).toBe(true);
    expect(accepts(SealedDigestResponse, { ...digest, checksum: "0".repeat(15) })).toBe(false);
  });

  test("versions say what became of them in a word of a later server, which is short", () => {
    const ended = (outcome: string) => accepts(SealedVersion, { ...version, outcome });
    expect([ended("archived"), ended("x".repeat(65)), ended("\0")]).toEqual([true, false, false]);
    const listed = (count: number) =>
      accepts(SealedVersionsResponse, {
        generation: 1,
        versions: Array(count).fill({ ...version, outcome: "lost" }),
      });
    expect([listed(1), listed(MAX_LISTED + 1)]).toEqual([true, false]);
  });
});
