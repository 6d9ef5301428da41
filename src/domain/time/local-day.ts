import { DAY_MS, MINUTE_MS } from "./durations.ts";
import type { ZonedTime } from "./timestamp.ts";

/** Number of the day to which a time belongs, counted from 1 January 1970, by the clock of the place where it was
 *  written. `dayStartMs` is the setting `day.start` in ms after midnight: what is earlier belongs to the day before. */
export function localDay({ ms, offsetMinutes }: ZonedTime, dayStartMs: number): number {
  return Math.floor((ms + offsetMinutes * MINUTE_MS - dayStartMs) / DAY_MS);
}

/** The first and the last millisecond of a day, as a clock on the wall shows them (ms since 1970 as if it were in UTC). */
export function wallTimesOfDay(day: number, dayStartMs: number): { first: number; last: number } {
  const first = day * DAY_MS + dayStartMs;
  return { first, last: first + DAY_MS - 1 };
}

/** "04:00" as ms after midnight; null for what is no clock time. */
export function dayStartOf(text: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? (hour * 60 + minute) * MINUTE_MS : null;
}
