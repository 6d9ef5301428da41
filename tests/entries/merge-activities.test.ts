import { afterEach, beforeEach, expect, test } from "vitest";
import type { Activity } from "../../src/domain/entities/activity.ts";
import { addActivity, labelsBeside, matchLabel } from "../../src/entries/activities.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import { editEntry, LabelTaken } from "../../src/entries/edit-entry.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { mergeActivities } from "../../src/entries/merge-activities.ts";
import { undoLast } from "../../src/entries/undo-last.ts";
import {
  activityIdsOf,
  activityLabels,
  countMoodsOf,
  currentActivities,
} from "../../src/local/queries/activities.ts";
import { toEnd } from "../../src/local/storage/to-end.ts";
import { readRow } from "../../src/local/versions/rows.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const log = (...labels: string[]) => logMood(entries, { value: 3, activities: { labels } }).mood;
const merge = (from: Activity, into: Activity) =>
  mergeActivities(entries, { fromId: from.id, intoId: into.id });
const add = (label: string) => addActivity(entries, { label });
const rename = (activity: Activity, label: string) =>
  editEntry(entries, { entityType: "Activity", id: activity.id }, { label });
const found = (label: string) => countMoodsOf(entries.db, activityIdsOf(entries.db, label));

test("a merge changes one row, and the moods of both count for the second, later ones too", () => {
  const [jogging, run] = [add("jogging"), add("run")];
  const moods = [log("jogging"), log("run", "jogging"), log("run"), log()];
  const before = moods.map(({ id }) => readRow(entries.db, "MoodEntry", id));
  expect(merge(jogging, run)).toMatchObject({ merged: { merged_into: run.id }, into: run, moods: 2 });
  expect(moods.map(({ id }) => readRow(entries.db, "MoodEntry", id))).toEqual(before);
  expect(activityLabels(entries.db).get(jogging.id)).toBe("run");
  expect([found("run"), found("jogging")]).toEqual([3, 3]);
  expect(currentActivities(entries.db).map(({ label }) => label)).toEqual(["run"]);
  // A device that has not seen the merge still names the first one.
  logMood(entries, { value: 2, activities: [jogging.id] });
  expect(found("run")).toBe(4);
  // The label of the first means the second.
  expect(log("Jogging").activities).toEqual([run.id]);
});

test("undo takes a merge back", () => {
  const [jogging, run] = [add("jogging"), add("run")];
  log("jogging");
  merge(jogging, run);
  expect(toEnd(undoLast(entries))).toMatchObject({ command: "activity merge", first: [{ id: jogging.id }] });
  expect(readRow(entries.db, "Activity", jogging.id)?.entity).not.toHaveProperty("merged_into");
  expect([found("run"), found("jogging")]).toEqual([0, 1]);
});

test("what was merged before goes with it, and can be merged elsewhere", () => {
  const [a, b, c, d] = [add("one"), add("two"), add("three"), add("four")];
  log("one");
  log("two");
  merge(a, b);
  expect(merge(b, c).moods).toBe(2);
  expect(activityLabels(entries.db).get(a.id)).toBe("three");
  expect(merge(a, d).moods).toBe(1);
  expect([found("three"), found("four")]).toEqual([1, 1]);
});

test.each([
  ["itself", (a: Activity, _b: Activity) => [a, a] as const],
  ["what it was merged into", (a: Activity, b: Activity) => [a, b] as const],
  ["what was merged into it", (a: Activity, b: Activity) => [b, a] as const],
])("an activity is not merged into %s", (_, pair) => {
  const [a, b] = [add("jogging"), add("run")];
  merge(a, b);
  expect(() => merge(...pair(a, b))).toThrow("These two are one activity already.");
});

test("a deleted activity is merged into nothing, and nothing into it", () => {
  const [a, b] = [add("jogging"), add("run")];
  deleteEntries(entries, [{ entityType: "Activity", id: b.id }]);
  expect(() => merge(a, b)).toThrow("One of the two activities has been deleted.");
  expect(() => merge(b, a)).toThrow("One of the two activities has been deleted.");
});

test("where the second is deleted later, the label of the first makes a new activity", () => {
  const [a, b] = [add("jogging"), add("run")];
  merge(a, b);
  deleteEntries(entries, [{ entityType: "Activity", id: b.id }]);
  expect(activityLabels(entries.db).get(a.id)).toBe("run (deleted)");
  const [id] = log("jogging").activities;
  expect([a.id, b.id]).not.toContain(id);
});

test("two devices that merge two activities into each other end with one", () => {
  const [a, b] = [add("jogging"), add("run")];
  merge(a, b);
  editEntry(entries, { entityType: "Activity", id: b.id }, { merged_into: a.id });
  expect(new Set(activityLabels(entries.db).values()).size).toBe(1);
  expect(currentActivities(entries.db)).toHaveLength(1);
});

test("an edit that names the merged activity by what it is now changes nothing", () => {
  const [a, b] = [add("jogging"), add("run")];
  const mood = log("jogging");
  merge(a, b);
  const edit = { activities: { labels: ["run"] } };
  expect(editEntry(entries, { entityType: "MoodEntry", id: mood.id }, edit).isChanged).toBe(false);
});

test("a rename never makes a second activity of a label, in whatever case", () => {
  const [a, b] = [add("jogging"), add("Run")];
  const error = catching(() => rename(a, " run "));
  expect(error).toBeInstanceOf(LabelTaken);
  expect((error as LabelTaken).activityId).toBe(b.id);
  expect(JSON.stringify(error) + String(error)).not.toContain("un ");
  expect(rename(b, "run").entity.label).toBe("run");
});

test("the label of a merged activity is free for a rename, and means the renamed one then", () => {
  const [a, b] = [add("jogging"), add("run")];
  merge(a, b);
  expect(rename(b, "jogging").entity.label).toBe("jogging");
  expect(log("jogging").activities).toEqual([b.id]);
});

test("an activity of a merged one's label is not added", () => {
  const [a, b] = [add("jogging"), add("run")];
  merge(a, b);
  expect(() => add("jogging")).toThrow("The activity with that label was merged into another one.");
});

test.each([
  ["work", "wrok", "similar"],
  ["run", "runn", "similar"],
  ["gym", "gmy", "similar"],
  ["running", "runing", "similar"],
  ["running", "gunning", "similar"],
  ["walk", "talk", "new"],
  ["walk", "walks", "new"],
  ["ab", "ba", "new"],
] as const)("where there is %s, %s is %s", (label, typed, status) => {
  add(label);
  expect(matchLabel(entries.db, typed)).toMatchObject({ status });
});

test("what was created beside a label that differs by one letter is said to be", () => {
  add("walk");
  expect(labelsBeside(entries.db, add("talk"))).toEqual(["walk"]);
});

test("an archived activity is no suggestion, can still be named, and is offered again", () => {
  const work = add("work");
  const ref = { entityType: "Activity", id: work.id } as const;
  editEntry(entries, ref, { archived: true });
  expect(matchLabel(entries.db, "wrok").status).toBe("new");
  expect(log("work").activities).toEqual([work.id]);
  const { entity } = editEntry(entries, ref, { archived: false });
  expect(entity).not.toHaveProperty("archived");
  expect(editEntry(entries, ref, { archived: false }).isChanged).toBe(false);
  expect(matchLabel(entries.db, "wrok").status).toBe("similar");
});

function catching(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  return null;
}
