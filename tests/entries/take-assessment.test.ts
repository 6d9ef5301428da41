import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findInstrument } from "../../src/assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../src/assessments/instrument.ts";
import { answer, goTo, start } from "../../src/assessments/questionnaire.ts";
import type { AssessmentEntry } from "../../src/domain/entities/assessment-entry.ts";
import { DAY_MS } from "../../src/domain/time/durations.ts";
import { liveVersion } from "../../src/domain/versions/version.ts";
import { earlierResults } from "../../src/entries/earlier-results.ts";
import { editEntry } from "../../src/entries/edit-entry.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logAssessment } from "../../src/entries/log-assessment.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { addSchedule } from "../../src/entries/schedules.ts";
import { startTaking, type Taking } from "../../src/entries/take-assessment.ts";
import { undoLast } from "../../src/entries/undo-last.ts";
import { listRows } from "../../src/local/queries/list-rows.ts";
import { toEnd } from "../../src/local/storage/to-end.ts";
import { readRow, storeVersion } from "../../src/local/versions/rows.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const gad7 = findInstrument("gad7") as AnswerableInstrument;

let entries: Entries;
let remove: () => void;
let taking: Taking;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
  const stateDir = join(temporaryDirectory("taking"), "state");
  taking = startTaking({ entries: () => entries, stateDir, takenAt: null });
  taking.open(gad7);
});
afterEach(() => {
  taking.close();
  remove();
});

const stored = () => listRows(entries.db, "AssessmentEntry").map((row) => row.entity as AssessmentEntry);
const answered = (...values: number[]) => values.reduce(answer, start(gad7, entries.nowMs));
/** Stores a version as sync does what it receives: without a command. */
function receive(entry: AssessmentEntry): void {
  const row = readRow(entries.db, "AssessmentEntry", entry.id)!;
  storeVersion(entries.db, liveVersion("AssessmentEntry", entry), row);
}

test("a result is compared with the last and the first before it, and with no later one", () => {
  const log = (taken_at: string, total: number) =>
    logAssessment(entries, {
      assessment_type: "gad7",
      answers: [total, 0, 0, 0, 0, 0, 0],
      taken_at,
    }).assessment;
  const first = log("2026-03-12T12:00:00.000+01:00", 3);
  const last = log("2026-11-01T12:00:00.000+01:00", 1);
  log("2026-06-01T12:00:00.000+02:00", 2);
  logAssessment(entries, { assessment_type: "phq9", score: 3, taken_at: "2026-11-02T12:00:00.000+01:00" });
  const now = log("2026-11-10T12:00:00.000+01:00", 2);
  log("2026-11-20T12:00:00.000+01:00", 0);
  expect(earlierResults(entries.db, now)).toMatchObject({
    last: { entry: { id: last.id }, change: { points: 1, verdict: "not reliable" } },
    first: { entry: { id: first.id }, change: { points: -1, verdict: "not reliable" } },
  });
  expect(earlierResults(entries.db, first)).toEqual({ last: null, first: null });
});

test("there is no result of answers that are not whole", () => {
  expect(() => taking.store(answered(1, 1))).toThrow();
  expect(stored()).toEqual([]);
});

test("what is added after it was stored is an edit of it, and both are taken back, with the due date", () => {
  addSchedule(entries, { assessment_type: "gad7", frequency: "Weekly" });
  const schedules = () =>
    listRows(entries.db, "Schedule").map((row) => (row.entity as { next_due_at: string }).next_due_at);
  const before = schedules();
  const whole = answered(1, 0, 0, 0, 0, 0, 0);
  const { assessment } = taking.store(whole);
  taking.store(answer(whole, 2));
  expect(stored()).toMatchObject([{ id: assessment.id, score: 1, difficulty: 2 }]);
  expect(schedules()).not.toEqual(before);
  expect(taking.takeBack()).toBe(true);
  expect(stored()).toEqual([]);
  expect(schedules()).toEqual(before);
});

test("an answer that is corrected after it was stored is scored anew, and compared anew", () => {
  logAssessment(entries, { assessment_type: "gad7", score: 3, taken_at: "2026-03-12T12:00:00.000+01:00" });
  const whole = answer(answered(1, 0, 0, 0, 0, 0, 3), 2);
  const { assessment } = taking.store(whole);
  const corrected = taking.store(answer(goTo(whole, 7), 1));
  const expected = { id: assessment.id, score: 2, severity: "minimal", answers: [1, 0, 0, 0, 0, 0, 1] };
  expect(corrected).toMatchObject({ assessment: expected, last: { change: { points: -1 } } });
  expect(stored()).toHaveLength(2);
  expect(stored()).toContainEqual(expect.objectContaining({ ...expected, difficulty: 2 }));
});

test("an answer to the unscored question goes where a correction leaves it unasked", () => {
  const whole = answer(answered(0, 0, 0, 0, 0, 0, 3), 2);
  taking.store(whole);
  taking.store(answer(goTo(whole, 7), 0));
  expect(stored()).toMatchObject([{ score: 0 }]);
  expect(stored()[0]).not.toHaveProperty("difficulty");
  expect(taking.takeBack()).toBe(true);
});

test("what somebody else edited since stays in what was not corrected", () => {
  const whole = answered(1, 0, 0, 0, 0, 0, 0);
  const { assessment } = taking.store(whole);
  editEntry(entries, { entityType: "AssessmentEntry", id: assessment.id }, { score: 4 });
  taking.store(answer(whole, 2));
  expect(stored()).toMatchObject([{ score: 4, difficulty: 2 }]);
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 4, difficulty: 2 }]);
});

test("what was edited since is not taken back", () => {
  const { assessment } = taking.store(answered(1, 0, 0, 0, 0, 0, 0));
  editEntry(entries, { entityType: "AssessmentEntry", id: assessment.id }, { score: 4 });
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 4 }]);
});

test("what another device has edited since is not taken back", () => {
  const { assessment } = taking.store(answered(1, 0, 0, 0, 0, 0, 0));
  receive({ ...assessment, score: 4 });
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 4 }]);
});

test("what another device has edited before an answer was added is not taken back", () => {
  const whole = answered(1, 0, 0, 0, 0, 0, 0);
  receive({ ...taking.store(whole).assessment, score: 4 });
  taking.store(answer(whole, 2));
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 4, difficulty: 2 }]);
});

test("what another command followed is not taken back, and neither is that", () => {
  taking.store(answered(1, 0, 0, 0, 0, 0, 0));
  logMood(entries, { value: 4 });
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 1 }]);
  expect(listRows(entries.db, "MoodEntry")).toHaveLength(1);
});

test("what another command came between is taken back by no part", () => {
  const whole = answered(1, 0, 0, 0, 0, 0, 0);
  taking.store(whole);
  logMood(entries, { value: 4 });
  taking.store(answer(whole, 2));
  expect(taking.takeBack()).toBe(false);
  expect(stored()).toMatchObject([{ score: 1, difficulty: 2 }]);
  expect(listRows(entries.db, "MoodEntry")).toHaveLength(1);
});

test("what another command came between that was undone is taken back whole", () => {
  const whole = answered(1, 0, 0, 0, 0, 0, 0);
  taking.store(whole);
  logMood(entries, { value: 4 });
  toEnd(undoLast(entries));
  taking.store(answer(whole, 2));
  expect(taking.takeBack()).toBe(true);
  expect(stored()).toEqual([]);
});

test("it says when the instrument was last taken", () => {
  expect(taking.lastTakenMs(gad7)).toBeNull();
  const days = [3, 40].map((ago) => new Date(entries.nowMs - ago * DAY_MS).toISOString());
  for (const taken_at of days) logAssessment(entries, { assessment_type: "gad7", score: 3, taken_at });
  expect(taking.lastTakenMs(gad7)).toBe(entries.nowMs - 3 * DAY_MS);
});
