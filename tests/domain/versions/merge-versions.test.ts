import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { mergeVersions, restamp } from "../../../src/domain/versions/merge-versions.ts";
import { liveVersion, tombstone, type Version } from "../../../src/domain/versions/version.ts";
import { moodEntry } from "../../helpers/sync/merge-cases.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const base = { ...moodEntry({ id: ID, note: "one\n\ntwo", updatedAtMs: 1000 }), activities: ["a", "b"] };

function edit(changes: Partial<MoodEntry>, updatedAtMs: number): Version {
  const metadata = { ...base.metadata, updated_at: formatUtc(updatedAtMs) };
  return liveVersion("MoodEntry", { ...base, ...changes, metadata });
}

function merged(mine: Partial<MoodEntry>, theirs: Partial<MoodEntry>, given: { withoutBase?: boolean } = {}) {
  const result = mergeVersions({
    base: given.withoutBase ? null : base,
    mine: edit(mine, 3000),
    theirs: edit(theirs, 2000),
  });
  return result.entity as MoodEntry;
}

describe("with a base", () => {
  test("edits of different fields both survive, one millisecond above both", () => {
    expect(merged({ value: 5 }, { note: "other" })).toMatchObject({
      value: 5,
      note: "other",
      metadata: { updated_at: formatUtc(3001) },
    });
  });

  test("of one field changed on both sides the newer stands", () => {
    expect(merged({ value: 5 }, { value: 1 }).value).toBe(5);
  });

  test("at equal times theirs stands", () => {
    const result = mergeVersions({ base, mine: edit({ value: 5 }, 2000), theirs: edit({ value: 1 }, 2000) });
    expect(result.entity).toMatchObject({ value: 1 });
  });

  test("added activities both stay and removed ones go", () => {
    expect(merged({ activities: ["b", "mine"] }, { activities: ["a", "b", "theirs"] }).activities).toEqual([
      "b",
      "theirs",
      "mine",
    ]);
  });

  test("paragraphs of notes are merged one by one", () => {
    expect(merged({ note: "one\n\nmine" }, { note: "one\n\ntwo\n\ntheirs" }).note).toBe(
      "one\n\ntheirs\n\nmine",
    );
  });

  test("where the merged note is too long, the newer stands", () => {
    expect(merged({ note: "a".repeat(9_000) }, { note: "b".repeat(9_000) }).note).toBe("a".repeat(9_000));
  });

  test("unknown fields are merged like known ones", () => {
    expect(merged({ colour: "red" } as object, { value: 2 })).toMatchObject({ colour: "red", value: 2 });
  });
});

test("without a base, what only one side has set is kept", () => {
  const mine = { note: null, activities: ["a"], value: 4 };
  expect(merged(mine, { note: "theirs", activities: ["b"], value: 2 }, { withoutBase: true })).toMatchObject({
    note: "theirs",
    activities: ["b", "a"],
    value: 4,
  });
});

test("a delete stands against an older edit and gives way to a newer one", () => {
  const deleted = tombstone("MoodEntry", ID, 2500);
  expect(mergeVersions({ base, mine: deleted, theirs: edit({ value: 5 }, 2000) })).toMatchObject({
    deleted: true,
    updatedAtMs: 2501,
  });
  const newer = edit({ value: 5 }, 3000);
  expect(mergeVersions({ base, mine: deleted, theirs: newer })).toBe(newer);
});

const change = fc.record(
  {
    value: fc.integer({ min: 1, max: 5 }),
    note: fc.option(fc.constantFrom("one", "two", "one\n\ntwo", "three\n\none")),
    activities: fc.subarray(["a", "b", "c"]),
  },
  { requiredKeys: [] },
);

test("merging the merged version again adds nothing, so notes do not grow with every round", () => {
  fc.assert(
    fc.property(change, change, fc.boolean(), (mine, theirs, mineIsNewer) => {
      const myVersion = edit(mine, mineIsNewer ? 3000 : 2000);
      const theirVersion = edit(theirs, mineIsNewer ? 2000 : 3000);
      const first = mergeVersions({ base, mine: myVersion, theirs: theirVersion });
      expect(mergeVersions({ base, mine: myVersion, theirs: first })).toBe(first);
    }),
  );
});

test("what was not changed here is taken as it is", () => {
  fc.assert(
    fc.property(change, (theirs) => {
      const theirVersion = edit(theirs, 2000);
      expect(mergeVersions({ base, mine: restamp(edit({}, 1000), 3000), theirs: theirVersion })).toBe(
        theirVersion,
      );
    }),
  );
});
