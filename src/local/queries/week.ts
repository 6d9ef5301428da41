import type Database from "better-sqlite3";
import { DAY_MS } from "../../domain/time/durations.ts";
import { localDay } from "../../domain/time/local-day.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { statement } from "../storage/statements.ts";

const DAYS = 7;

/** The last seven days, today the last of them, each with the mean of its moods; null where there is none. Days are
 *  those of the place where a mood was written. */
export function readWeek(
  db: Database.Database,
  { now, dayStartMs }: { now: ZonedTime; dayStartMs: number },
): { day: number; mean: number | null }[] {
  const today = localDay(now, dayStartMs);
  // Clocks of the world are up to 26 hours apart.
  const sinceMs = now.ms - (DAYS + 2) * DAY_MS;
  const rows = statement(
    db,
    `select value, recorded_at, recorded_at_offset from mood_entries
     where deleted_at is null and recorded_at >= ?`,
  ).all(sinceMs) as { value: number; recorded_at: number; recorded_at_offset: number }[];
  const byDay = new Map<number, { sum: number; count: number }>();
  for (const { value, recorded_at, recorded_at_offset } of rows) {
    const day = localDay({ ms: recorded_at, offsetMinutes: recorded_at_offset }, dayStartMs);
    const { sum, count } = byDay.get(day) ?? { sum: 0, count: 0 };
    byDay.set(day, { sum: sum + value, count: count + 1 });
  }
  return Array.from({ length: DAYS }, (_, index) => {
    const day = today - (DAYS - 1) + index;
    const found = byDay.get(day);
    return { day, mean: found ? found.sum / found.count : null };
  });
}
