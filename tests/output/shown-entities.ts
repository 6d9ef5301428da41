import type { Activity } from "../../src/domain/entities/activity.ts";
import type { AssessmentEntry } from "../../src/domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../../src/domain/entities/mood-entry.ts";
import type { Schedule } from "../../src/domain/entities/schedule.ts";
import { parseTimestamp } from "../../src/domain/time/timestamp.ts";
import type { LineContext } from "../../src/output/entity-line.ts";

const RUN = "11111111-1111-4111-8111-111111111111";
const UNKNOWN = "22222222-2222-4222-8222-222222222222";
const ID = "33333333-3333-4333-8333-333333333333";

/** Sunday, ten o'clock in Berlin, on a device that knows one activity. */
export const CONTEXT: LineContext = {
  now: parseTimestamp("2026-11-22T10:00:00+01:00")!,
  labels: new Map([[RUN, "run"]]),
};

const metadata = {
  created_at: "2026-11-22T08:31:00Z",
  updated_at: "2026-11-22T08:45:00Z",
  deleted_at: null,
};
export const DELETED = { ...metadata, deleted_at: "2026-11-22T08:50:00Z" };

export const mood = (given: Partial<MoodEntry> = {}): MoodEntry => ({
  id: ID,
  value: 4,
  activities: [RUN, UNKNOWN],
  note: "a quiet day",
  recorded_at: "2026-11-22T09:30:00+01:00",
  metadata,
  ...given,
});

/** Without item 9, so that its score is one of the PHQ-8. */
export const assessment = (given: Partial<AssessmentEntry> = {}): AssessmentEntry => ({
  id: ID,
  assessment_type: "PHQ-9",
  score: 8,
  severity: "mild",
  taken_at: "2026-11-21T23:15:00-05:00",
  answers: [1, 1, 1, 1, 1, 1, 1, 1, null],
  metadata,
  ...given,
});

export const activity = (given: Partial<Activity> = {}): Activity => ({
  id: ID,
  label: "run",
  color_hex: null,
  icon: null,
  metadata,
  ...given,
});

export const schedule = (given: Partial<Schedule> = {}): Schedule => ({
  id: ID,
  assessment_type: "GAD-7",
  frequency: "Weekly",
  enabled: true,
  next_due_at: "2026-11-22T09:00:00+01:00",
  metadata,
  ...given,
});
