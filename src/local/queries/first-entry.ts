import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** The id of the mood or assessment that was stored first, deleted ones among them, so that it stays the same.
 *  Undefined where there is none. */
export function firstEntryId(db: Database.Database): string | undefined {
  const sql = `select id from (
      select id, created_at from mood_entries union all select id, created_at from assessments
    ) where created_at is not null order by created_at, id limit 1`;
  return statement(db, sql).pluck().get() as string | undefined;
}
