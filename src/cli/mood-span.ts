import type Database from "better-sqlite3";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { WeekStart } from "../input/calendar.ts";
import { parsePeriod, todayOf } from "../input/period.ts";
import type { Day, Span } from "../insights/day.ts";
import { firstMoodDay, moodDays } from "../local/queries/mood-days.ts";
import type { Context } from "./context.ts";
import { calendarOf } from "./preferences.ts";

/** The days that a command looks at. */
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

/** Reads a period as `parsePeriod` does; `fallback` holds where none was typed. Throws `invalid_input`, also for
 *  one that begins after today. */
export async function readMoodSpan(
  context: Context,
  typed: string | undefined,
  fallback: string,
): Promise<MoodSpan> {
  const calendar = calendarOf(context);
  const options = { ...calendar, nowMs: context.nowMs() };
  const period = await parsePeriod(typed ?? fallback, options);
  const today = todayOf(options);
  if (period.from !== null && period.from > today) {
    throw new MoodsyncError("invalid_input", "That period has not begun.", {
      hint: "`30d`, `month` and `2026-03..` are periods that end today.",
    });
  }
  const db = await context.databaseToRead();
  const to = Math.min(today, period.to ?? today);
  const from = period.from ?? firstMoodDay(db, calendar.dayStartMs) ?? to;
  return { db, span: { from: Math.min(from, to), to }, isAll: period.from === null, today, ...calendar };
}

/** The days of a span with entries, and as many before it as are asked for. */
export function daysOf(
  { db, dayStartMs }: MoodSpan,
  { from, to }: Span,
  options: { activities?: boolean } = {},
): Day[] {
  return moodDays(db, { from, to, dayStartMs }, options);
}
