import type Database from "better-sqlite3";
import type { Activity } from "../../domain/entities/activity.ts";
import { listRows } from "./list-rows.ts";

/** The label of every activity that was ever here; those of deleted ones are marked. */
export function activityLabels(db: Database.Database): Map<string, string> {
  return new Map(
    listRows(db, "Activity", { deleted: true }).map(({ id, content, deleted }) => [
      id,
      (content as Activity).label + (deleted ? " (deleted)" : ""),
    ]),
  );
}
