import { afterEach, beforeEach, expect, test } from "vitest";
import { addActivity } from "../../src/entries/activities.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import { editEntry } from "../../src/entries/edit-entry.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { restoreEntry } from "../../src/entries/restore-entry.ts";
import { undoLast } from "../../src/entries/undo-last.ts";
import { toEnd } from "../../src/local/storage/to-end.ts";
import { listHistory } from "../../src/local/versions/history.ts";
import { readRow } from "../../src/local/versions/rows.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

function logOne(value = 4) {
  const { mood } = logMood(entries, { value, note: "keep me" });
  return { mood, ref: { entityType: "MoodEntry", id: mood.id } as const };
}

test("several entries are deleted in one step, each once, and brought back in one", () => {
  const { ref } = logOne();
  const activity = { entityType: "Activity", id: addActivity(entries, { label: "run" }).id } as const;
  const rows = deleteEntries(entries, [ref, activity, ref], { command: "a screen" });
  expect(rows).toMatchObject([
    { id: ref.id, deleted: true, content: { note: "keep me" } },
    { id: activity.id, deleted: true, content: { label: "run" } },
  ]);
  expect(toEnd(undoLast(entries))).toMatchObject({ command: "a screen", first: [{}, {}] });
  for (const { entityType, id } of [ref, activity]) {
    expect(readRow(entries.db, entityType, id)!.deleted).toBe(false);
  }
});

test("what is deleted or was never there stays so", () => {
  const { ref } = logOne();
  const [deleted] = deleteEntries(entries, [ref]);
  expect(deleteEntries({ ...entries, nowMs: entries.nowMs + 1 }, [ref])).toEqual([deleted]);
  const unknown = { entityType: "MoodEntry", id: "0a000000-0000-4000-8000-000000000001" } as const;
  expect(deleteEntries(entries, [unknown])).toEqual([]);
});

test("a deleted entry comes back as it was, as a new version", () => {
  const { mood, ref } = logOne();
  deleteEntries(entries, [ref]);
  const { metadata, ...restored } = restoreEntry(entries, ref);
  expect({ ...restored, metadata: mood.metadata }).toEqual(mood);
  expect(metadata).toMatchObject({ created_at: mood.metadata.created_at, deleted_at: null });
  expect(metadata.updated_at > mood.metadata.updated_at).toBe(true);
});

test("an earlier version comes back by the beginning of its hash", () => {
  const { ref } = logOne();
  editEntry(entries, ref, { value: 1 });
  const [earlier] = listHistory(entries.db, "MoodEntry", ref.id);
  expect(restoreEntry(entries, ref, earlier!.contentHash.slice(0, 4).toUpperCase())).toMatchObject({
    value: 4,
  });
});

test.each([
  [undefined, "invalid_input", "That entry is not deleted."],
  ["xyz", "invalid_input", "A version is named by 4 or more characters"],
  ["0000", "not_found", "The entry has no such version on this device."],
])("version %s of a live entry is refused", (version, code, sentence) => {
  const { mood, ref } = logOne();
  expect(() => restoreEntry(entries, ref, version)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(sentence) }),
  );
  expect(readRow(entries.db, "MoodEntry", ref.id)!.entity).toEqual(mood);
});

test("nothing to undo is no error", () => {
  expect(toEnd(undoLast(entries))).toBeNull();
});
