import { afterEach, beforeEach, expect, test } from "vitest";
import { addActivity, SimilarLabel } from "../../src/entries/activities.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import { editEntry } from "../../src/entries/edit-entry.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logAssessment } from "../../src/entries/log-assessment.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { mergeActivities } from "../../src/entries/merge-activities.ts";
import { addSchedule } from "../../src/entries/schedules.ts";
import { undoLast } from "../../src/entries/undo-last.ts";
import { listRows } from "../../src/local/queries/list-rows.ts";
import { toEnd } from "../../src/local/storage/to-end.ts";
import { listHistory } from "../../src/local/versions/history.ts";
import { readRow } from "../../src/local/versions/rows.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const moodRef = (id: string) => ({ entityType: "MoodEntry", id }) as const;
const standing = (id: string) => readRow(entries.db, "MoodEntry", id)!;

test("an edit changes the named fields and leaves the others", () => {
  const { mood } = logMood(entries, { value: 2, note: "as it was" });
  const edit = { value: 4, recorded_at: "2026-11-21T08:00:00.000+01:00", note: undefined };
  const { entity, isChanged } = editEntry({ ...entries, nowMs: entries.nowMs + 1 }, moodRef(mood.id), edit);
  expect(isChanged).toBe(true);
  expect(entity).toMatchObject({ id: mood.id, value: 4, note: "as it was", recorded_at: edit.recorded_at });
  expect(standing(mood.id).entity).toEqual(entity);
  expect(listHistory(entries.db, "MoodEntry", mood.id)).toMatchObject([{ content: mood }]);
});

test("an edit that changes nothing writes nothing, not even where activities come in another order", () => {
  const ids = ["run", "swim"].map((label) => addActivity(entries, { label }).id);
  const { mood } = logMood(entries, { value: 2, activities: ids });
  const writes = () => entries.db.prepare("select total_changes()").pluck().get();
  const before = { row: standing(mood.id), writes: writes() };
  for (const edit of [
    { value: 2 },
    { activities: ids.toReversed() },
    { activities: { labels: ["SWIM", "run"] } },
  ]) {
    const { isChanged, entity } = editEntry(entries, moodRef(mood.id), edit);
    expect({ isChanged, entity }).toEqual({ isChanged: false, entity: mood });
  }
  expect({ row: standing(mood.id), writes: writes() }).toEqual(before);
});

test("fields that this version does not know stay", () => {
  const { mood } = logMood(entries, { value: 2 });
  writeAs(entries.db, { name: "test", nowMs: entries.nowMs }, (writer) =>
    writer.put("MoodEntry", { ...mood, energy: { level: 3 } } as typeof mood),
  );
  expect(editEntry(entries, moodRef(mood.id), { value: 1 }).entity).toMatchObject({ energy: { level: 3 } });
});

test("a value that an earlier version kept unread, and this one finds wrong, stops no edit and stays in history", () => {
  const { id } = addActivity(entries, { label: "run" });
  entries.db.prepare("update activities set extra = ?").run('{"archived":"perhaps","later":1}');
  const ref = { entityType: "Activity", id } as const;
  expect(editEntry(entries, ref, { icon: null }).isChanged).toBe(false);
  const { entity } = editEntry(entries, ref, { icon: "*" });
  expect(entity).toMatchObject({ icon: "*", later: 1 });
  expect(entity).not.toHaveProperty("archived");
  expect(readRow(entries.db, "Activity", id)!.entity).toEqual(entity);
  expect(listHistory(entries.db, "Activity", id)).toMatchObject([{ content: { archived: "perhaps" } }]);
});

test("labels become activities as they do where a mood is logged", () => {
  addActivity(entries, { label: "running" });
  const { mood } = logMood(entries, { value: 2 });
  const labelled = (labels: string[]) => editEntry(entries, moodRef(mood.id), { activities: { labels } });
  expect(() => labelled(["swim", "runing"])).toThrow(SimilarLabel);
  expect(listRows(entries.db, "Activity")).toHaveLength(1);
  const { entity, created } = labelled(["swim", "Running"]);
  expect(created.map(({ label }) => label)).toEqual(["swim"]);
  expect(entity.activities).toHaveLength(2);
  expect(labelled([]).entity.activities).toEqual([]);
});

test("an entry that was deleted meanwhile is not edited", () => {
  const { mood } = logMood(entries, { value: 2 });
  deleteEntries(entries, [moodRef(mood.id)]);
  expect(() => editEntry(entries, moodRef(mood.id), { value: 1 })).toThrow("deleted in the meantime");
  expect(standing(mood.id).deleted).toBe(true);
});

test.each([
  [{ value: 9 }, "value must be a whole number from 1 to 5"],
  [{ note: "x".repeat(10_001) }, "note must have at most 10,000 characters"],
  [{ activities: ["x"] }, "activities items must be a UUID"],
])("what no server would store is refused: %j", (edit, sentence) => {
  const { mood } = logMood(entries, { value: 2 });
  expect(() => editEntry(entries, moodRef(mood.id), edit)).toThrow(sentence);
  expect(standing(mood.id).entity).toEqual(mood);
});

test("score and severity of an assessment belong together after every edit", () => {
  const { assessment } = logAssessment(entries, {
    assessment_type: "GAD-7",
    answers: [1, 1, 1, 1, 1, 1, 1],
    difficulty: 1,
  });
  const ref = { entityType: "AssessmentEntry", id: assessment.id } as const;
  expect(editEntry(entries, ref, { difficulty: null }).entity).not.toHaveProperty("difficulty");
  const scored = editEntry(entries, ref, { score: 16 }).entity;
  expect(scored).toMatchObject({ score: 16, severity: "severe", source: "score-only" });
  expect(scored).not.toHaveProperty("answers");
  expect(() => editEntry(entries, ref, { score: 22 })).toThrow("from 0 to 21");
  expect(editEntry(entries, ref, { assessment_type: "phq9" }).entity).toMatchObject({
    assessment_type: "PHQ-9",
    score: 16,
    severity: "moderately severe",
  });
});

test("an activity and a schedule are edited; a new due date is counted from anew", () => {
  const activity = addActivity(entries, { label: " run ", color_hex: "#4caf50" });
  expect(activity).toMatchObject({ label: "run", icon: null });
  const activityRef = { entityType: "Activity", id: activity.id } as const;
  expect(editEntry(entries, activityRef, { color_hex: null, icon: "🏃" }).entity).toMatchObject({
    label: "run",
    color_hex: null,
    icon: "🏃",
  });
  const schedule = addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Weekly" });
  const ref = { entityType: "Schedule", id: schedule.id } as const;
  const later = "2027-02-01T12:00:00.000+01:00";
  expect(editEntry(entries, ref, { enabled: false }).entity).toMatchObject({ anchor_at: schedule.anchor_at });
  expect(editEntry(entries, ref, { next_due_at: later }).entity).toMatchObject({ anchor_at: later });
  expect(editEntry(entries, ref, { next_due_at: null }).entity).toMatchObject({
    next_due_at: null,
    anchor_at: later,
    enabled: false,
  });
});

test("an edit is undone under the words of its command", () => {
  const { mood } = logMood(entries, { value: 2 });
  editEntry(entries, moodRef(mood.id), { value: 5 }, { command: "a screen" });
  expect(toEnd(undoLast(entries))).toMatchObject({ command: "a screen" });
  expect(standing(mood.id).entity).toMatchObject({ value: 2 });
});

test("activities are added and taken away, and what was merged leaves with what it counts for", () => {
  const { mood } = logMood(entries, { value: 2, activities: { labels: ["run", "work"] } });
  const edit = (added: string[], removed: string[]) =>
    editEntry(entries, moodRef(mood.id), { activities: { added, removed } });
  const [run, work] = mood.activities as [string, string];
  const { entity, created } = edit(["swim"], ["work"]);
  expect(entity.activities).toEqual([run, created[0]!.id]);
  expect(edit(["swim", "run"], ["work"]).isChanged).toBe(false);
  mergeActivities(entries, { fromId: run, intoId: work });
  expect(edit([], ["work"]).entity.activities).toEqual([created[0]!.id]);
  expect(() => edit(["new"], ["nothing"])).toThrow("No activity has that label.");
  expect(listRows(entries.db, "Activity")).toHaveLength(3);
});
