import type Database from "better-sqlite3";
import type { Schedule } from "../../domain/entities/schedule.ts";
import { dueAfterTaking } from "../../domain/time/occurrence.ts";
import { formatTimestamp, parseTimestamp } from "../../domain/time/timestamp.ts";
import type { Zone } from "../../domain/time/wall-time.ts";
import type { Writer } from "../versions/write.ts";
import { listRows } from "./list-rows.ts";

/** The live schedules of an assessment type: one, unless another program made more. */
export function schedulesOf(db: Database.Database, assessmentType: string): Schedule[] {
  return listRows(db, "Schedule")
    .map((row) => row.entity as Schedule)
    .filter((schedule) => schedule.assessment_type === assessmentType);
}

/** Moves the due date of the enabled schedules of an assessment that was taken; see `dueAfterTaking` for the rule.
 *  Returns them, changed or not; those without a due date are left out. */
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
