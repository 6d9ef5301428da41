import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SealedChange } from "../../src/domain/protocol/sealed-change.ts";
import { decodeEnvelope, envelopeHash } from "../../src/domain/protocol/sealed-envelope.ts";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import { canonicalJson } from "../../src/domain/versions/canonical.ts";
import { openChange } from "../../src/sealing/open-change.ts";
import { sealChange } from "../../src/sealing/seal-change.ts";
import { sealedId } from "../../src/sealing/sealed-id.ts";
import { sealText, writeAssociatedData } from "../../src/sealing/sealed-text.ts";
import { formatSealingKey, parseSealingKey, SealingKey } from "../../src/sealing/sealing-key.ts";
import { deriveSealingKeys } from "../../src/sealing/sealing-keys.ts";

interface Vectors {
  secret: string;
  text: string;
  account_id: string;
  generation: number;
  key_id: string;
  keys: Record<"seal" | "nonce" | "id", string>;
  cases: {
    name: string;
    entity_type: string;
    id: string;
    updated_at_ms: number;
    deleted: boolean;
    text: string;
    sealed_id: string;
    associated_data: string;
    nonce: string;
    envelope: string;
    content_hash: string;
  }[];
  lengths: { bytes: number; deleted: boolean; padded: number | null }[];
  unreadable: { name: string; sealed_change: SealedChange }[];
  texts: { typed: string; secret: string | null }[];
}

// Written by make-vectors.py, which shares nothing with the code here.
const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as Vectors;
const key = new SealingKey(Buffer.from(vectors.secret, "hex"));
const keys = deriveSealingKeys(key, { accountId: vectors.account_id, generation: vectors.generation });

test("the vectors hold what the contract promises", () => {
  expect(vectors).toMatchObject({
    text: "SEAL1-000G4-0R40M-30E20-9185G-R38E1-YM05X",
    key_id: "449d0e2166b4ec3d",
  });
  const [mood, tombstone] = vectors.cases;
  expect(mood).toMatchObject({
    sealed_id: "4455b895-95ba-873f-b28b-8e47f458e901",
    content_hash: "37a1e5849a562a88",
  });
  expect(Buffer.from(mood!.envelope, "base64")).toHaveLength(545);
  expect(tombstone).toMatchObject({ content_hash: "4c50c9df5c8d674c" });
  expect(Buffer.from(tombstone!.envelope, "base64")).toHaveLength(161);
});

test("the keys of a generation are derived as the vectors say", () => {
  expect(hex(keys.seal.export())).toBe(vectors.keys.seal);
  for (const name of ["nonce", "id"] as const) {
    const expected = createHmac("sha256", Buffer.from(vectors.keys[name], "hex")).update("message");
    expect([name, keys[name].hexOf("message")]).toEqual([name, expected.digest("hex")]);
  }
  expect(keys.keyId).toBe(vectors.key_id);
});

describe.each(vectors.cases)("$name", (vector) => {
  const { entity_type, id, updated_at_ms: updatedAtMs, deleted, text } = vector;
  const content = JSON.parse(text);
  const change = { entity_type, id, updated_at: formatUtc(updatedAtMs), deleted, data: content.data ?? null };

  test("is sealed to these bytes", () => {
    expect(sealedId(keys, entity_type, id)).toBe(vector.sealed_id);
    const associated = Buffer.alloc(46);
    writeAssociatedData(associated, keys, { sealedId: vector.sealed_id, updatedAtMs, deleted });
    expect(hex(associated)).toBe(vector.associated_data);
    const sealed = sealChange(keys, { ...change, base_updated_at: null });
    expect(sealed).toEqual({
      id: vector.sealed_id,
      updated_at: change.updated_at,
      deleted,
      envelope: vector.envelope,
      base_updated_at: null,
    });
    const bytes = decodeEnvelope(sealed!.envelope)!;
    expect(hex(bytes.subarray(5, 17))).toBe(vector.nonce);
    expect(envelopeHash(bytes)).toBe(vector.content_hash);
  });

  test("opens", () => {
    const { sealed_id, envelope } = vector;
    const opened = openChange(keys, { id: sealed_id, updated_at: change.updated_at, deleted, envelope });
    expect(opened).toEqual(change);
    expect(canonicalJson(deleted ? { entity_type, id } : { entity_type, data: opened.data })).toBe(text);
  });
});

test.each(vectors.unreadable)("does not open: $name", ({ sealed_change }) => {
  const { id, updated_at, deleted, envelope } = sealed_change;
  const opened = openChange(keys, { ...sealed_change, entity_type: "MoodEntry", data: {} } as SealedChange);
  expect(opened).toEqual({ entity_type: "Sealed", id, updated_at, deleted, data: { envelope } });
  expect(sealChange(keys, opened)).toEqual(sealed_change);
});

test.each(vectors.lengths)("$bytes bytes (deleted: $deleted) are padded to $padded", (vector) => {
  const version = { sealedId: vectors.cases[0]!.sealed_id, updatedAtMs: 0, deleted: vector.deleted };
  const envelope = sealText(keys, version, "x".repeat(vector.bytes));
  expect(envelope && decodeEnvelope(envelope)!.length - 33).toBe(vector.padded);
});

test.each(vectors.texts)("the text $typed is read as a key, or is none", ({ typed, secret }) => {
  const read = parseSealingKey(typed);
  expect(read && hex(read.reveal())).toBe(secret);
  if (read) expect(formatSealingKey(read)).toBe(vectors.text);
});

function hex(bytes: Buffer): string {
  return bytes.toString("hex");
}
