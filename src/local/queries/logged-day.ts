import type Database from "better-sqlite3";
import { DAY_MS, MINUTE_MS } from "../../domain/time/durations.ts";
import { wallTimesOfDay } from "../../domain/time/local-day.ts";
import { statement } from "../storage/statements.ts";
import type { Condition } from "./condition.ts";

/** Farther than this no clock on the wall is from UTC, in ms. */
const MAX_OFFSET_MS = DAY_MS;

/** Whether a live mood belongs to a day (as `localDay` numbers them), by the clock of the place where it was written. */
export function wasMoodLoggedOn(db: Database.Database, day: number, dayStartMs: number): boolean {
  const { sql, values } = loggedOn(day, dayStartMs);
  const ofDay = `select 1 from mood_entries where deleted_at is null and ${sql} limit 1`;
  return statement(db, ofDay).get(...values) !== undefined;
}

/** That holds for the moods of a day. Relies on the index of `recorded_at`. */
export function loggedOn(day: number, dayStartMs: number): Condition {
  const { first, last } = wallTimesOfDay(day, dayStartMs);
  return {
    sql: `recorded_at between ? and ? and recorded_at + recorded_at_offset * ${MINUTE_MS} between ? and ?`,
    values: [first - MAX_OFFSET_MS, last + MAX_OFFSET_MS, first, last],
  };
}
