import type Database from "better-sqlite3";
import type { Frequency } from "../../domain/entities/frequency.ts";
import { localDay } from "../../domain/time/local-day.ts";
import { formatTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import type { Zone } from "../../domain/time/wall-time.ts";
import { statement } from "../storage/statements.ts";

/** A schedule that waits for its assessment. */
export interface DueSchedule {
  id: string;
  assessmentType: string;
  frequency: Frequency;
  dueAt: ZonedTime;
  /** The same as a timestamp. */
  nextDueAt: string;
  /** Due on an earlier day than today. */
  isOverdue: boolean;
}

interface Row {
  id: string;
  assessment_type: string;
  frequency: Frequency;
  next_due_at: number;
  next_due_at_offset: number;
}

/** The enabled schedules that are due at this moment, the one that waits longest first, and the one that comes due
 *  next; null when none will. */
export function dueSchedules(
  db: Database.Database,
  { nowMs, zone, dayStartMs }: { nowMs: number; zone: Zone; dayStartMs: number },
): { due: DueSchedule[]; next: DueSchedule | null } {
  const rows = statement(
    db,
    `select id, assessment_type, frequency, next_due_at, next_due_at_offset from schedules
     where deleted_at is null and enabled = 1 and next_due_at is not null
     order by next_due_at, id`,
  ).all() as Row[];
  const dayAt = (ms: number) => localDay({ ms, offsetMinutes: zone(ms) }, dayStartMs);
  const today = dayAt(nowMs);
  const schedules = rows.map((row) => ({
    id: row.id,
    assessmentType: row.assessment_type,
    frequency: row.frequency,
    ...dueTime({ ms: row.next_due_at, offsetMinutes: row.next_due_at_offset }),
    isOverdue: dayAt(row.next_due_at) < today,
  }));
  const due = schedules.filter(({ dueAt }) => dueAt.ms <= nowMs);
  return { due, next: schedules[due.length] ?? null };
}

/** Whether an assessment of the schedule's type was taken since it came due. Logging one moves the schedule on, so that
 *  it is no longer due; importing one, as from a file, does not. */
export function wasTakenSinceDue(db: Database.Database, { assessmentType, dueAt }: DueSchedule): boolean {
  const sql = `select 1 from assessments
    where deleted_at is null and taken_at >= ? and assessment_type = ? limit 1`;
  return statement(db, sql).get(dueAt.ms, assessmentType) !== undefined;
}

function dueTime(dueAt: ZonedTime) {
  return { dueAt, nextDueAt: formatTimestamp(dueAt) };
}
