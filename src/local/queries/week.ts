import type Database from "better-sqlite3";
import { localDay } from "../../domain/time/local-day.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { moodDays } from "./mood-days.ts";

const DAYS = 7;

/** The last seven days, today the last of them, each with the mean of its moods; null where there is none. Days are
 *  those of the place where a mood was written. */
export function readWeek(
  db: Database.Database,
  { now, dayStartMs }: { now: ZonedTime; dayStartMs: number },
): { day: number; mean: number | null }[] {
  const today = localDay(now, dayStartMs);
  const from = today - (DAYS - 1);
  const found = new Map(
    moodDays(db, { from, to: today, dayStartMs }).map(({ day, counts }) => [day, meanOf(counts)]),
  );
  return Array.from({ length: DAYS }, (_, at) => ({ day: from + at, mean: found.get(from + at) ?? null }));
}

/** `counts`: how many moods had each value, 1 first. */
function meanOf(counts: readonly number[]): number {
  const sum = counts.reduce((total, count, at) => total + count * (at + 1), 0);
  return sum / counts.reduce((total, count) => total + count, 0);
}
