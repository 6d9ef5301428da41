import type Database from "better-sqlite3";
import type { WeekStart } from "../input/calendar.ts";
import type { Period } from "../input/period-words.ts";
import type { Day, Span } from "../insights/day.ts";
import { firstMoodDay, moodDays } from "../local/queries/mood-days.ts";

/** The days that are looked at. */
export interface MoodSpan {
  db: Database.Database;
  /** From the first day asked for, or the first with an entry, to the last one asked for, today at the latest. */
  span: Span;
  /** Whether it begins with the first entry, so there is nothing before it. */
  isAll: boolean;
  today: number;
  dayStartMs: number;
  weekStart: WeekStart;
}

/** The days of a period that have been. */
export function moodSpan(
  db: Database.Database,
  period: Period,
  calendar: Pick<MoodSpan, "today" | "dayStartMs" | "weekStart">,
): MoodSpan {
  const to = Math.min(calendar.today, period.to ?? calendar.today);
  const from = period.from ?? firstMoodDay(db, calendar.dayStartMs) ?? to;
  return { db, span: { from: Math.min(from, to), to }, isAll: period.from === null, ...calendar };
}

/** The days of a span with entries, and as many before it as are asked for. */
export function daysOf(
  { db, dayStartMs }: Pick<MoodSpan, "db" | "dayStartMs">,
  { from, to }: Span,
  options: { activities?: boolean } = {},
): Day[] {
  return moodDays(db, { from, to, dayStartMs }, options);
}
