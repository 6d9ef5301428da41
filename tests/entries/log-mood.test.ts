import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addActivity, SimilarLabel } from "../../src/entries/activities.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood, logMoods } from "../../src/entries/log-mood.ts";
import { listRows } from "../../src/local/queries/list-rows.ts";
import { toEnd } from "../../src/local/storage/to-end.ts";
import { readRow } from "../../src/local/versions/rows.ts";
import { undoLastCommand } from "../../src/local/versions/undo.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const all = (entityType: "MoodEntry" | "Activity") =>
  listRows(entries.db, entityType).map(({ entity }) => entity);

test("a mood without more is one of this moment at this place", () => {
  const { mood, created } = logMood(entries, { value: 4 });
  expect(created).toEqual([]);
  expect(mood).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    value: 4,
    activities: [],
    note: null,
    recorded_at: "2026-11-22T09:30:00.000+01:00",
    metadata: {
      created_at: "2026-11-22T08:30:00.000Z",
      updated_at: "2026-11-22T08:30:00.000Z",
      deleted_at: null,
    },
  });
  expect(readRow(entries.db, "MoodEntry", mood.id)!.entity).toEqual(mood);
});

test("unknown labels become activities, and known ones are found whatever their case", () => {
  const run = addActivity(entries, { label: "run", color_hex: "#4caf50" });
  const { mood, created } = logMood(entries, {
    value: 3,
    activities: { labels: ["RUN ", "Café", "run"] },
  });
  expect(created.map(({ label }) => label)).toEqual(["Café"]);
  expect(mood.activities).toEqual([run.id, created[0]!.id]);
  expect(all("Activity")).toHaveLength(2);
});

test("a label that is nearly another is refused with that one, and nothing is stored", () => {
  addActivity(entries, { label: "running" });
  const mood = { value: 3, activities: { labels: ["new one", "runing"] } };
  const error = errorOf(() => logMood(entries, mood));
  expect(error).toBeInstanceOf(SimilarLabel);
  expect((error as SimilarLabel).existingLabels()).toEqual(["running"]);
  expect(JSON.stringify(error) + String(error)).not.toContain("running");
  expect([all("MoodEntry"), all("Activity").length]).toEqual([[], 1]);
  const { created } = logMood(entries, {
    ...mood,
    activities: { labels: ["runing"], createSimilar: true },
  });
  expect(created).toHaveLength(1);
});

test.each([
  ["a value of 9", { value: 9 }, "value must be a whole number from 1 to 5"],
  ["a long note", { value: 3, note: "x".repeat(10_001) }, "note must have at most 10,000 characters"],
  ["a time that is none", { value: 3, recorded_at: "yesterday" }, "recorded_at must be an RFC 3339 time"],
  ["a blank label", { value: 3, activities: { labels: [" "] } }, "The label must not be empty."],
  ["an id that is none", { value: 3, activities: ["run"] }, "activities items must be a UUID in lower case"],
  [
    "too many ids",
    { value: 3, activities: Array.from({ length: 101 }, () => randomUUID()) },
    "A mood can have at most 100 activities.",
  ],
])("%s is refused, and nothing is stored", (_, mood, problem) => {
  const error = errorOf(() => logMood(entries, mood));
  expect(error).toMatchObject({ code: "invalid_input", message: expect.stringContaining(problem) });
  expect(all("MoodEntry")).toEqual([]);
});

test("several moods are stored all or none, and taken back together", () => {
  const bad = [{ value: 1, activities: { labels: ["run"] } }, { value: 0 }];
  expect(errorOf(() => logMoods(entries, bad))).toMatchObject({ code: "invalid_input" });
  expect([all("MoodEntry"), all("Activity")]).toEqual([[], []]);
  const { moods, created } = logMoods(entries, [bad[0]!, { value: 2, activities: { labels: ["Run"] } }]);
  expect(moods.map(({ activities }) => activities)).toEqual([[created[0]!.id], [created[0]!.id]]);
  expect(toEnd(undoLastCommand(entries.db, entries.nowMs))).toMatchObject({ command: "log mood" });
  expect([all("MoodEntry"), all("Activity")]).toEqual([[], []]);
});

function errorOf(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  return null;
}
