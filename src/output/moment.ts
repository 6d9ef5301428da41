import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { formatUtc, type ZonedTime } from "../domain/time/timestamp.ts";
import { dateWords } from "./date-words.ts";

/** A time as people read it, by the clock of the place where it was written: "Sun 22 Nov 09:30", with the year when
 *  it is not the year of `now`. */
export function formatMoment(time: ZonedTime, now: ZonedTime): string {
  return `${formatDate(time, now)} ${formatClock(time)}`;
}

/** Its day alone: "Sun 22 Nov". */
export function formatDate(time: ZonedTime, now: ZonedTime): string {
  return dateWords(time, now, { weekday: true, long: false });
}

/** The same in full: "Sunday 22 November 2026", the year where it is not that of `now` or nothing is compared. */
export function formatLongDate(time: ZonedTime, now: ZonedTime = { ms: 0, offsetMinutes: 0 }): string {
  return dateWords(time, now, { weekday: true, long: true });
}

/** A day that is counted from 1 January 1970 as a time, for what speaks of its date. */
export function timeOfDay(day: number): ZonedTime {
  return { ms: day * DAY_MS, offsetMinutes: 0 };
}

/** A time that a server writes down once an hour, so that its minutes mean nothing: "Sun 22 Nov about 9 h". */
export function formatHour(time: ZonedTime, now: ZonedTime): string {
  return `${formatDate(time, now)} about ${Number(formatClock(time).slice(0, 2))} h`;
}

/** The time of day by the clock of the place where it was written: "09:30". */
export function formatClock({ ms, offsetMinutes }: ZonedTime): string {
  return formatUtc(ms + offsetMinutes * MINUTE_MS).slice(11, 16);
}
