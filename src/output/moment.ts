import { MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A time as people read it, by the clock of the place where it was written: "Sun 22 Nov 09:30", with the year when
 *  it is not the year of `now`. */
export function formatMoment(time: ZonedTime, now: ZonedTime): string {
  const local = localDate(time);
  const year = local.getUTCFullYear();
  const date = `${DAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]}`;
  const clock = formatClock(time);
  return year === localDate(now).getUTCFullYear() ? `${date} ${clock}` : `${date} ${year} ${clock}`;
}

/** A time that a server writes down once an hour, so that its minutes mean nothing: "Sun 22 Nov about 9 h". */
export function formatHour(time: ZonedTime, now: ZonedTime): string {
  return `${formatMoment(time, now).slice(0, -"09:30".length)}about ${Number(formatClock(time).slice(0, 2))} h`;
}

/** The time of day by the clock of the place where it was written: "09:30". */
export function formatClock(time: ZonedTime): string {
  return localDate(time).toISOString().slice(11, 16);
}

function localDate({ ms, offsetMinutes }: ZonedTime): Date {
  return new Date(ms + offsetMinutes * MINUTE_MS);
}
