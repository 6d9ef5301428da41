import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const SHORT = 3;

/** A time as people read it, by the clock of the place where it was written: "Sun 22 Nov 09:30", with the year when
 *  it is not the year of `now`. */
export function formatMoment(time: ZonedTime, now: ZonedTime): string {
  return `${formatDate(time, now)} ${formatClock(time)}`;
}

/** Its day alone: "Sun 22 Nov". */
export function formatDate(time: ZonedTime, now: ZonedTime): string {
  const local = localDate(time);
  const year = local.getUTCFullYear();
  const date = `${DAYS[local.getUTCDay()]!.slice(0, SHORT)} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]!.slice(0, SHORT)}`;
  return year === localDate(now).getUTCFullYear() ? date : `${date} ${year}`;
}

/** The same in full: "Sunday 22 November", with the year where there is nothing to compare it with. */
export function formatLongDate(time: ZonedTime, now?: ZonedTime): string {
  const local = localDate(time);
  const year = local.getUTCFullYear();
  const date = `${formatWeekday(time)} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]}`;
  return now && year === localDate(now).getUTCFullYear() ? date : `${date} ${year}`;
}

/** "Sunday". */
export function formatWeekday(time: ZonedTime): string {
  return DAYS[localDate(time).getUTCDay()]!;
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
export function formatClock(time: ZonedTime): string {
  return localDate(time).toISOString().slice(11, 16);
}

function localDate({ ms, offsetMinutes }: ZonedTime): Date {
  return new Date(ms + offsetMinutes * MINUTE_MS);
}
