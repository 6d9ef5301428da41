import type Database from "better-sqlite3";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { DAY_MS } from "../../domain/time/durations.ts";
import { localDay } from "../../domain/time/local-day.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import { statement } from "../storage/statements.ts";

/** Which of its day's moods one is, counted from 1, of how many, and their mean. Null for one that is deleted. */
export function dayOfMood(
  db: Database.Database,
  mood: MoodEntry,
  dayStartMs: number,
): { place: number; count: number; mean: number } | null {
  const time = parseTimestamp(mood.recorded_at)!;
  const day = localDay(time, dayStartMs);
  // A day lies within two of its moods, wherever they were written.
  const rows = statement(
    db,
    `select id, value, recorded_at, recorded_at_offset from mood_entries
     where deleted_at is null and recorded_at between ? and ?
     order by recorded_at, created_at, id`,
  ).all(time.ms - 2 * DAY_MS, time.ms + 2 * DAY_MS) as {
    id: string;
    value: number;
    recorded_at: number;
    recorded_at_offset: number;
  }[];
  const ofDay = rows.filter(
    (row) => localDay({ ms: row.recorded_at, offsetMinutes: row.recorded_at_offset }, dayStartMs) === day,
  );
  const place = ofDay.findIndex(({ id }) => id === mood.id) + 1;
  if (place === 0) return null;
  const mean = ofDay.reduce((sum, { value }) => sum + value, 0) / ofDay.length;
  return { place, count: ofDay.length, mean };
}
