import { describe, expect, test } from "vitest";
import { NEVER_FOUNDED } from "../../../server/openapi/sealed-examples.ts";
import { SealedChange, SealedUploadRequest } from "../../../src/domain/protocol/sealed-change.ts";
import {
  FoundingRequest,
  GenerationChanged,
  SealingInfo,
} from "../../../src/domain/protocol/sealing-info.ts";

/** That of the contract's example: the entity of docs/protocol.md under its sealed id. */
const change = {
  id: "4455b895-95ba-873f-b28b-8e47f458e901",
  updated_at: "2026-03-02T20:00:05.123Z",
  deleted: false,
  envelope: "AQAAAAH8TFWF",
  base_updated_at: null,
};
const DEVICE = "5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70";

describe("a sealed change", () => {
  test("has an id, a time, whether it deletes, and an envelope", () => {
    expect(SealedChange.parse(change)).toEqual(change);
  });

  test.each([
    ["an entity type", { entity_type: "MoodEntry" }],
    ["an entity", { data: { value: 4 } }],
    ["the null that a plain tombstone has", { data: null }],
    ["the id of a device's own", { id: "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071" }],
    ["an id made of a label", { id: "1f4593d6-2bb7-557f-9d45-65fd1f373ff6" }],
    ["an id of another variant", { id: "4455b895-95ba-873f-728b-8e47f458e901" }],
    ["a time with a place", { updated_at: "2026-03-02T21:00:05.123+01:00" }],
    ["a time without decimals", { updated_at: "2026-03-02T20:00:05Z" }],
    ["a time that is none", { updated_at: "2026-02-30T20:00:05.123Z" }],
    ["a base with a place", { base_updated_at: "2026-03-02T21:00:05.123+01:00" }],
  ])("is refused with %s", (_, broken) => {
    expect(SealedChange.safeParse({ ...change, ...broken }).success).toBe(false);
  });

  test("may have fields of a later version", () => {
    expect(SealedChange.safeParse({ ...change, later: 1 }).success).toBe(true);
  });
});

test.each([
  ["generation", -1],
  ["generation", 2_147_483_648],
  ["generation", 1.5],
  ["key_id", "449D0E2166B4EC3D"],
  ["key_id", "449d0e2166b4ec3"],
  ["key_id", null],
])("an upload with the %s %j is refused", (field, value) => {
  const request = { device_id: DEVICE, generation: 1, key_id: "449d0e2166b4ec3d", changes: [change] };
  expect(SealedUploadRequest.safeParse(request).success).toBe(true);
  expect(SealedUploadRequest.safeParse({ ...request, [field]: value }).success).toBe(false);
});

test("an account that was never founded has nothing to say of a key", () => {
  expect(SealingInfo.parse(NEVER_FOUNDED)).toEqual(NEVER_FOUNDED);
  expect(GenerationChanged.parse({ code: "generation_changed", sealing: NEVER_FOUNDED }).sealing).toEqual(
    NEVER_FOUNDED,
  );
});

test("a founding names the generation before it, and its own", () => {
  const founding = {
    device_id: DEVICE,
    client_cursor: null,
    from_generation: 0,
    generation: 1,
    founded_at: "2026-03-02T20:00:05.123Z",
  };
  const sealed = { ...founding, format: 1, key_id: "449d0e2166b4ec3d", key_check: "AQAA" };
  expect(FoundingRequest.safeParse(sealed).success).toBe(true);
  expect(
    FoundingRequest.safeParse({ ...founding, format: null, key_id: null, key_check: null }).success,
  ).toBe(true);
  expect(FoundingRequest.safeParse({ ...sealed, format: 0 }).success).toBe(false);
  expect(FoundingRequest.safeParse({ ...sealed, founded_at: "2026-03-02T21:00:05.123+01:00" }).success).toBe(
    false,
  );
  expect(FoundingRequest.safeParse({ ...sealed, from_generation: undefined }).success).toBe(false);
});
