import type Database from "better-sqlite3";
import { assessmentTypeOf, findInstrument } from "../assessments/find-instrument.ts";
import type { Frequency } from "../domain/entities/frequency.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { dueAfterTaking } from "../domain/time/occurrence.ts";
import { formatTimestamp, parseTimestamp } from "../domain/time/timestamp.ts";
import type { Zone } from "../domain/time/wall-time.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { freeScheduleId } from "../local/versions/natural-id.ts";
import { type Writer, writeAs } from "../local/versions/write.ts";
import { type Entries, timeOf } from "./entries.ts";

/** A schedule before it is stored. Without `next_due_at` it is due now; later dates are counted from it. */
export interface NewSchedule {
  /** As it is typed: "phq9", or a type of the person's own. */
  assessment_type: string;
  frequency: Frequency;
  next_due_at?: string;
}

/** Says how often an assessment is due; a deleted schedule of it is revived. Throws `invalid_input` where it has one,
 *  and for moods: they would never be taken as an assessment, so that it could never be met. */
export function addSchedule(entries: Entries, schedule: NewSchedule): Schedule {
  const { db, nowMs } = entries;
  const assessmentType = assessmentTypeOf(schedule.assessment_type);
  if (/^moods?$/i.test(assessmentType)) throw noScheduleOfMoods();
  const dueAt = schedule.next_due_at ?? timeOf(entries);
  return writeAs(db, { name: "schedule add", nowMs }, (writer) => {
    if (schedulesOf(db, assessmentType).length > 0) {
      throw new MoodsyncError("invalid_input", "That assessment already has a schedule.", {
        hint: "`moodsync schedule edit` changes it.",
      });
    }
    return writer.put("Schedule", {
      id: freeScheduleId(db, assessmentType),
      assessment_type: assessmentType,
      frequency: schedule.frequency,
      enabled: true,
      next_due_at: dueAt,
      anchor_at: dueAt,
    });
  });
}

function noScheduleOfMoods(): MoodsyncError {
  return new MoodsyncError("invalid_input", "Schedules are for assessments; a mood is no assessment.", {
    hint: "`moodsync config set reminders.daily 20:30` reminds you once a day to log a mood, if none was logged.",
  });
}

const SHORTEST_PERIOD_DAYS: Record<Frequency, number> = { Daily: 1, Weekly: 7, Biweekly: 14, Monthly: 28 };

/** How many days an assessment asks about, where it is due more often than that, so that its results overlap;
 *  null where they do not. */
export function overlappingRecallDays(
  schedule: Pick<Schedule, "assessment_type" | "frequency">,
): number | null {
  const recallDays = findInstrument(schedule.assessment_type)?.recallDays ?? 0;
  return SHORTEST_PERIOD_DAYS[schedule.frequency] < recallDays ? recallDays : null;
}

/** The live schedules of an assessment type: one, unless another program made more. */
export function schedulesOf(db: Database.Database, assessmentType: string): Schedule[] {
  return listRows(db, "Schedule")
    .map((row) => row.entity as Schedule)
    .filter((schedule) => schedule.assessment_type === assessmentType);
}

/** Moves the due date of the enabled schedules of an assessment that was taken, in a write that has begun; see
 *  `dueAfterTaking` for the rule. Returns them, changed or not; those without a due date are left out. */
export function advanceSchedules(
  db: Database.Database,
  writer: Writer,
  taken: { assessmentType: string; takenMs: number; zone: Zone },
): Schedule[] {
  return schedulesOf(db, taken.assessmentType)
    .filter((schedule) => schedule.enabled && schedule.next_due_at !== null)
    .map((schedule) => {
      const due = parseTimestamp(schedule.next_due_at!)!;
      const anchorAt = schedule.anchor_at ?? schedule.next_due_at!;
      const recurrence = {
        anchor: parseTimestamp(anchorAt)!,
        frequency: schedule.frequency,
        zone: taken.zone,
      };
      const nextMs = dueAfterTaking(recurrence, due.ms, taken.takenMs);
      if (nextMs === due.ms) return schedule;
      const nextDueAt = formatTimestamp({ ms: nextMs, offsetMinutes: taken.zone(nextMs) });
      return writer.put("Schedule", { ...schedule, next_due_at: nextDueAt, anchor_at: anchorAt });
    });
}
