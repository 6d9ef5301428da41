import { afterEach, beforeEach, expect, test } from "vitest";
import { tombstone } from "../../src/domain/versions/version.ts";
import { addActivity } from "../../src/entries/activities.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { findActivity, findEntry, findSchedule, heldContent } from "../../src/entries/find-entry.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { addSchedule } from "../../src/entries/schedules.ts";
import { storeVersion } from "../../src/local/versions/rows.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const ID = "11111111-1111-4111-8111-111111111111";

function putMood(id: string): void {
  writeAs(entries.db, { name: "test", nowMs: entries.nowMs }, (writer) =>
    writer.put("MoodEntry", {
      id,
      value: 3,
      activities: [],
      note: null,
      recorded_at: "2026-11-22T08:00:00Z",
    }),
  );
}

test("a reference is a prefix of 4 characters, or the entry created last", () => {
  const { db } = entries;
  expect(() => findEntry(db, "@last")).toThrow("No mood or assessment was logged");
  putMood(ID);
  expect(findEntry(db, "1111").id).toBe(ID);
  expect(findEntry(db, "@last").id).toBe(ID);
  expect(() => findEntry(db, "111")).toThrow("at least 4 characters");
  expect(() => findEntry(db, "2222")).toThrow("No entry has that id");
  expect(() => findEntry(db, "1111'")).toThrow("No entry has that id");
  putMood("11111111-2222-4111-8111-111111111111");
  expect(() => findEntry(db, "1111")).toThrow("More than one");
});

test("a deleted entry is found only when asked for, and @last goes past it", () => {
  const { db } = entries;
  putMood(ID);
  const { mood } = logMood(entries, { value: 2 });
  deleteEntries(entries, [{ entityType: "MoodEntry", id: mood.id }]);
  expect(findEntry(db, "@last").id).toBe(ID);
  expect(() => findEntry(db, mood.id)).toThrow("That entry was deleted.");
  expect(findEntry(db, mood.id, { deleted: true })).toMatchObject({ id: mood.id, deleted: true });
  deleteEntries(entries, [{ entityType: "MoodEntry", id: ID }]);
  expect(() => findEntry(db, "@last")).toThrow("That entry was deleted.");
});

test("an entry that was deleted before it came here holds nothing", () => {
  const marks = { revision: 1, ackedRevision: 1, base: null };
  storeVersion(entries.db, tombstone("MoodEntry", ID, entries.nowMs), marks);
  expect(() => heldContent(findEntry(entries.db, ID, { deleted: true }))).toThrow(
    "before its content reached",
  );
});

test("an activity is found by its label or its id, a mood by neither", () => {
  const { db } = entries;
  const run = addActivity(entries, { label: "run" });
  const { mood } = logMood(entries, { value: 2 });
  expect(findActivity(db, " RUN ").id).toBe(run.id);
  expect(findActivity(db, run.id.slice(0, 6)).id).toBe(run.id);
  expect(() => findActivity(db, mood.id)).toThrow("No activity has that label or id.");
  expect(() => findActivity(db, "swim")).toThrow("No activity has that label or id.");
});

test("a schedule is found by its assessment or its id, unless there are two", () => {
  const { db } = entries;
  const schedule = addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Weekly" });
  expect(findSchedule(db, "phq 9").id).toBe(schedule.id);
  expect(findSchedule(db, schedule.id).id).toBe(schedule.id);
  expect(() => findSchedule(db, "GAD-7")).toThrow("No schedule has that assessment or id.");
  const { metadata: _, ...another } = { ...schedule, id: ID };
  writeAs(db, { name: "test", nowMs: entries.nowMs }, (writer) => writer.put("Schedule", another));
  expect(() => findSchedule(db, "PHQ-9")).toThrow("more than one schedule");
});
