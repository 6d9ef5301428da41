import type Database from "better-sqlite3";
import { DAY_MS, MINUTE_MS } from "../../domain/time/durations.ts";
import { wallTimesOfDay } from "../../domain/time/local-day.ts";
import { statement } from "../storage/statements.ts";

/** Farther than this no clock on the wall is from UTC, in ms. */
const MAX_OFFSET_MS = DAY_MS;

/** Whether a live mood belongs to a day (as `localDay` numbers them), by the clock of the place where it was written. */
export function wasMoodLoggedOn(db: Database.Database, day: number, dayStartMs: number): boolean {
  const { first, last } = wallTimesOfDay(day, dayStartMs);
  const sql = `select 1 from mood_entries
    where deleted_at is null and recorded_at between ? and ?
      and recorded_at + recorded_at_offset * ${MINUTE_MS} between ? and ? limit 1`;
  return statement(db, sql).get(first - MAX_OFFSET_MS, last + MAX_OFFSET_MS, first, last) !== undefined;
}
