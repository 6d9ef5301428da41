import type Database from "better-sqlite3";
import { ENTITY_TABLE } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";

/** The id of the mood or assessment that was stored first, deleted ones among them, so that it stays the same.
 *  Undefined where there is none. */
export function firstEntryId(db: Database.Database): string | undefined {
  const sql = `select id from (
      select id, created_at from mood_entries union all select id, created_at from assessments
    ) where created_at is not null order by created_at, id limit 1`;
  return statement(db, sql).pluck().get() as string | undefined;
}

/** When the first of them was stored, in ms since 1970; null where there is none. */
export function firstEntryMs(db: Database.Database): number | null {
  const sql = `select min(created_at) from (
      select created_at from mood_entries union all select created_at from assessments)`;
  return statement(db, sql).pluck().get() as number | null;
}

/** When what was changed last here was changed, by the clock of whichever device did it; null where nothing is stored. */
export function newestChangeMs(db: Database.Database): number | null {
  const times = Object.values(ENTITY_TABLE).map((table) => `select max(updated_at) as at from ${table}`);
  return statement(db, `select max(at) from (${times.join(" union all ")})`)
    .pluck()
    .get() as number | null;
}
