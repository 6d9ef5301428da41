import fc from "fast-check";
import { expect, test } from "vitest";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import { openChange } from "../../src/sealing/open-change.ts";
import { sealChange } from "../../src/sealing/seal-change.ts";
import { newSealingKey } from "../../src/sealing/sealing-key.ts";
import { deriveSealingKeys } from "../../src/sealing/sealing-keys.ts";

const ACCOUNT = "8c1f0b6e-2d3a-4c5b-9e7f-6a5b4c3d2e1f";
const secret = newSealingKey();
const keys = deriveSealingKeys(secret, { accountId: ACCOUNT, generation: 7 });

const entityType = fc.constantFrom("MoodEntry", "Activity", "SleepEntry");
const changes = fc
  .record({
    id: fc.uuid(),
    entity_type: entityType,
    at: fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 0, 1) }),
    deleted: fc.boolean(),
    fields: fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 }),
  })
  .map(({ id, entity_type, at, deleted, fields }): SyncChange => {
    const data = deleted ? null : { ...fields, id };
    return { entity_type, id, updated_at: new Date(at).toISOString(), deleted, data };
  });

test("whatever is sealed opens again, and is sealed again to the same bytes in any order of its fields", () => {
  fc.assert(
    fc.property(changes, (change) => {
      const sealed = sealChange(keys, change)!;
      const opened = openChange(keys, sealed);
      expect(opened).toEqual(JSON.parse(JSON.stringify(change)));
      const data = opened.data && Object.fromEntries(Object.entries(opened.data).reverse());
      expect(sealChange(keys, { ...opened, data })).toEqual(sealed);
      const restarted = deriveSealingKeys(secret, { accountId: ACCOUNT, generation: 7 });
      expect(sealChange(restarted, change)).toEqual(sealed);
    }),
  );
});

test.each(["\ufffd", "a\ufffdb \u00e9 \u{1f600}", "\ufeff", "\ud800"])(
  "a note with %j opens as it was sealed",
  (note) => {
    const id = "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071";
    const change = { entity_type: "MoodEntry", id, updated_at: "2026-03-02T20:00:05.123Z", deleted: false };
    const sealed = sealChange(keys, { ...change, data: { id, note } })!;
    expect(openChange(keys, sealed)).toEqual({ ...change, data: { id, note } });
  },
);

test("no nonce comes twice in 20,000 versions that differ by a millisecond, a character or their type", () => {
  const nonces = new Set<string>();
  const id = "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071";
  for (let at = 0; at < 5_000; at++) {
    const updated_at = new Date(at).toISOString();
    const version = (entity_type: string, note: string, deleted = false): SyncChange => ({
      ...{ entity_type, id, updated_at, deleted },
      data: { id, note },
    });
    for (const change of [
      version("MoodEntry", ""),
      version("MoodEntry", "a"),
      version("Activity", ""),
      version("MoodEntry", "", true),
    ]) {
      nonces.add(sealChange(keys, change)!.envelope.slice(8, 20));
    }
  }
  expect(nonces.size).toBe(20_000);
});

test("an envelope holds nothing of its text, of the entity's id, nor of an id made from a label", () => {
  const id = "1f4593d6-2bb7-557f-9d45-65fd1f373ff6";
  const change = { entity_type: "Activity", id, updated_at: "2026-03-02T20:00:05.123Z", deleted: false };
  const sealed = sealChange(keys, { ...change, data: { id, label: "CANARY" } })!;
  const sent = JSON.stringify(sealed) + Buffer.from(sealed.envelope, "base64").toString("latin1");
  for (const text of ["CANARY", "label", "Activity", id, "1f4593d6"]) expect(sent).not.toContain(text);
  expect(Object.keys(sealed)).toEqual(["id", "updated_at", "deleted", "envelope"]);
});
