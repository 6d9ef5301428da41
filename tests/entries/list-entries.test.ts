import { afterEach, beforeEach, expect, test } from "vitest";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { addActivity } from "../../src/entries/activities.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { type ListFilter, listEntries } from "../../src/entries/list-entries.ts";
import { logAssessment } from "../../src/entries/log-assessment.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { addSchedule } from "../../src/entries/schedules.ts";
import { countTimeline, readTimelinePage } from "../../src/entries/timeline.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

function idsOf(entityType: EntityType, filter: ListFilter, limit = Number.POSITIVE_INFINITY) {
  const { rows, total } = listEntries(entries.db, entityType, filter, { limit });
  return { ids: [...rows].map(({ id }) => id), total };
}

function mood(hour: string, fields: { note?: string; labels?: string[] } = {}): string {
  const { note = null, labels = [] } = fields;
  const recorded_at = `2026-11-21T${hour}:00:00.000+01:00`;
  return logMood(entries, { value: 3, note, recorded_at, activities: { labels } }).mood.id;
}

test("the newest come first, and the limit does not change how many there are", () => {
  const [early, late] = [mood("08"), mood("20")];
  expect(idsOf("MoodEntry", {}, 1)).toEqual({ ids: [late], total: 2 });
  expect(idsOf("MoodEntry", { search: "" }, 1)).toEqual({ ids: [late], total: 2 });
  expect(idsOf("MoodEntry", {}).ids).toEqual([late, early]);
});

test("a text is searched in notes, labels and names, without regard to case", () => {
  const noted = mood("08", { note: "before the RUN" });
  const labelled = mood("09", { labels: ["Running"] });
  mood("10", { note: "nothing" });
  const phq = logAssessment(entries, { assessment_type: "PHQ-9", score: 1 }).assessment.id;
  const schedule = addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Weekly" }).id;
  expect(idsOf("MoodEntry", { search: "run" })).toEqual({ ids: [labelled, noted], total: 2 });
  expect(idsOf("AssessmentEntry", { search: "phq" }).ids).toEqual([phq]);
  expect(idsOf("Schedule", { search: "phq" }).ids).toEqual([schedule]);
  expect(idsOf("Activity", { search: "runn" }).total).toBe(1);
});

test("the screen's list of moods and assessments finds what the command's lists find", () => {
  mood("08", { note: "gad" });
  mood("09", { labels: ["gadget"] });
  logAssessment(entries, { assessment_type: "GAD-7", score: 1, taken_at: "2026-11-21T08:30:00Z" });
  const page = (filter: ListFilter) =>
    readTimelinePage(entries.db, filter, { from: null, direction: "older", limit: 10 });
  expect(page({}).map(({ entityType }) => entityType)).toEqual(["AssessmentEntry", "MoodEntry", "MoodEntry"]);
  for (const search of ["GAD", "gadg", "7", "nowhere", ""]) {
    const listed = (["MoodEntry", "AssessmentEntry"] as const).flatMap((type) => idsOf(type, { search }).ids);
    const found = page({ search }).map(({ id }) => id);
    expect(found.sort()).toEqual(listed.sort());
    expect(countTimeline(entries.db, { search })).toBe(found.length);
  }
});

test("an activity's moods are found by its label even after it was deleted", () => {
  const id = mood("08", { labels: ["run"] });
  mood("09");
  const run = addActivity(entries, { label: "swim" });
  expect(idsOf("MoodEntry", { activities: ["RUN"] }).ids).toEqual([id]);
  expect(idsOf("MoodEntry", { activities: [run.label] }).ids).toEqual([]);
  expect(() => idsOf("MoodEntry", { activities: ["walk"] })).toThrow("No activity has that label.");
  deleteEntries(entries, [{ entityType: "Activity", id: run.id }]);
  expect(idsOf("MoodEntry", { activities: ["swim"] }).ids).toEqual([]);
});

test("a span of time goes by the clock of the place or by the instant, and things without a time fit none", () => {
  const id = mood("20");
  const evening = Date.parse("2026-11-21T20:00:00Z");
  const since = (by: "local clock" | "instant") => ({ since: [{ by, ms: evening }] });
  expect(idsOf("MoodEntry", since("local clock")).ids).toEqual([id]);
  expect(idsOf("MoodEntry", since("instant")).ids).toEqual([]);
  expect(idsOf("MoodEntry", { until: [{ by: "instant", ms: evening }] }).ids).toEqual([id]);
  addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Weekly" });
  expect(idsOf("Schedule", since("instant")).ids).toEqual([]);
});

test("deleted ones are listed when they are asked for", () => {
  const id = mood("08");
  deleteEntries(entries, [{ entityType: "MoodEntry", id }]);
  expect(idsOf("MoodEntry", {})).toEqual({ ids: [], total: 0 });
  expect(idsOf("MoodEntry", { deleted: true })).toEqual({ ids: [id], total: 1 });
});
