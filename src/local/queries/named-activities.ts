import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** How many live moods since a moment (ms since 1970) name each activity, by the id that they hold. */
export function countNamedActivities(db: Database.Database, sinceMs: number): Map<string, number> {
  const sql = `select named.value, count(*)
    from mood_entries, json_each(mood_entries.activities) as named
    where deleted_at is null and recorded_at >= ? and activities <> '[]'
    group by named.value`;
  return new Map(statement(db, sql).raw().all(sinceMs) as [string, number][]);
}
