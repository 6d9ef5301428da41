import { afterEach, beforeEach, expect, test } from "vitest";
import type { Schedule } from "../../src/domain/entities/schedule.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logAssessment, type NewAssessment } from "../../src/entries/log-assessment.ts";
import { addSchedule, overlappingRecallDays } from "../../src/entries/schedules.ts";
import { listRows } from "../../src/local/queries/list-rows.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

test("answers are scored, and the instrument is known by any way to write it", () => {
  const { assessment, schedules, overlap } = logAssessment(entries, {
    assessment_type: "gad 7",
    answers: [1, 1, 2, 2, 1, 2, 1],
    difficulty: 2,
  });
  expect(assessment).toMatchObject({
    assessment_type: "GAD-7",
    score: 10,
    severity: "moderate",
    source: "answered",
    difficulty: 2,
    taken_at: "2026-11-22T09:30:00.000+01:00",
  });
  expect({ schedules, overlap }).toEqual({ schedules: [], overlap: null });
});

test("it moves the due date of its own schedule alone, and says how that stands", () => {
  const gad = addSchedule(entries, { assessment_type: "gad7", frequency: "Weekly" });
  const phq = addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Weekly" });
  const { schedules } = logAssessment(entries, { assessment_type: "GAD-7", score: 3 });
  expect(schedules).toMatchObject([{ id: gad.id, next_due_at: "2026-11-29T09:30:00.000+01:00" }]);
  expect(listRows(entries.db, "Schedule").map(({ entity }) => entity)).toEqual([schedules[0], phq]);
});

test("it names the nearest result that asks about the same days", () => {
  const log = (taken_at: string) => logAssessment(entries, { assessment_type: "GAD-7", score: 3, taken_at });
  log("2026-11-01T12:00:00.000+01:00");
  log("2026-11-12T12:00:00.000+01:00");
  const overlap = { daysApart: 9, isAfterOther: true, recallDays: 14 };
  expect(log("2026-11-22T09:30:00.000+01:00").overlap).toEqual(overlap);
  expect(log("2026-10-20T12:00:00.000+02:00").overlap).toEqual({
    daysApart: 12,
    isAfterOther: false,
    recallDays: 14,
  });
  expect(log("2026-09-01T12:00:00.000+02:00").overlap).toBeNull();
});

test.each<[string, NewAssessment, string, string]>([
  ["neither answers nor a total", { assessment_type: "PHQ-9" }, "usage", "Give either"],
  ["both", { assessment_type: "ISI", score: 1, answers: [1] }, "usage", "Give either"],
  ["a total out of range", { assessment_type: "PHQ-9", score: 28 }, "invalid_input", "from 0 to 27"],
  ["answers of an unknown type", { assessment_type: "my own", answers: [1] }, "invalid_input", "not known"],
  ["an empty type", { assessment_type: " ", score: 1 }, "invalid_input", "must not be empty"],
  [
    "a difficulty of 9",
    { assessment_type: "PHQ-9", score: 1, difficulty: 9 },
    "invalid_input",
    "difficulty must be",
  ],
  [
    "a time that is none",
    { assessment_type: "PHQ-9", score: 1, taken_at: "today" },
    "invalid_input",
    "taken_at must be",
  ],
])("%s is refused, and nothing is stored", (_, given, code, sentence) => {
  addSchedule(entries, { assessment_type: "PHQ-9", frequency: "Daily" });
  const before = listRows(entries.db, "Schedule");
  expect(() => logAssessment(entries, given)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(sentence) }),
  );
  expect(listRows(entries.db, "AssessmentEntry")).toEqual([]);
  expect(listRows(entries.db, "Schedule")).toEqual(before);
});

test("a schedule is due now unless said otherwise, and an assessment has one", () => {
  const schedule = addSchedule(entries, { assessment_type: "phq9", frequency: "Biweekly" });
  expect(schedule).toMatchObject({
    assessment_type: "PHQ-9",
    enabled: true,
    next_due_at: "2026-11-22T09:30:00.000+01:00",
    anchor_at: "2026-11-22T09:30:00.000+01:00",
  });
  const again = { assessment_type: "PHQ-9", frequency: "Daily" } as const;
  expect(() => addSchedule(entries, again)).toThrow("That assessment already has a schedule.");
  const dueAt = "2027-01-31T12:00:00.000+01:00";
  const later = addSchedule(entries, { assessment_type: "my own", frequency: "Monthly", next_due_at: dueAt });
  expect(later).toMatchObject({ next_due_at: dueAt, anchor_at: dueAt });
});

test.each<[string, Schedule["frequency"], number | null]>([
  ["PHQ-9", "Weekly", 14],
  ["PHQ-9", "Biweekly", null],
  ["my own", "Daily", null],
])("results of %s that come round %s overlap by their %s days", (assessment_type, frequency, days) => {
  expect(overlappingRecallDays({ assessment_type, frequency })).toBe(days);
});
