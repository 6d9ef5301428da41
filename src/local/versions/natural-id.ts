import type Database from "better-sqlite3";
import { activityId, scheduleId } from "../../domain/entities/natural-key.ts";
import { readRow } from "./rows.ts";

/** The identifier that a new activity with this label gets. */
export function freeActivityId(db: Database.Database, label: string): string {
  return freeId(db, "Activity", (attempt) => activityId(label, attempt));
}

/** The identifier that a new schedule of this assessment type gets. */
export function freeScheduleId(db: Database.Database, assessmentType: string): string {
  return freeId(db, "Schedule", (attempt) => scheduleId(assessmentType, attempt));
}

/** The first that no live entity has (one that was renamed keeps its own); a deleted one is revived under it. */
function freeId(
  db: Database.Database,
  entityType: "Activity" | "Schedule",
  candidate: (attempt: number) => string,
): string {
  for (let attempt = 1; ; attempt++) {
    const id = candidate(attempt);
    const row = readRow(db, entityType, id);
    if (!row || row.deleted) return id;
  }
}
