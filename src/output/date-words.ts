import { MINUTE_MS } from "../domain/time/durations.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const SHORT = 3;

/** The day of a time by the clock of the place where it was written, with the year when it is not that of `now`:
 *  "25 Nov", "Wed 25 Nov", "25 November" or "Wednesday 25 November". */
export function dateWords(
  time: ZonedTime,
  now: ZonedTime,
  { weekday, long }: { weekday: boolean; long: boolean },
): string {
  const date = localDate(time);
  const word = (name: string) => (long ? name : name.slice(0, SHORT));
  return [
    ...(weekday ? [word(DAYS[date.getUTCDay()]!)] : []),
    date.getUTCDate(),
    word(MONTHS[date.getUTCMonth()]!),
    ...(date.getUTCFullYear() === localDate(now).getUTCFullYear() ? [] : [date.getUTCFullYear()]),
  ].join(" ");
}

/** "Sunday". */
export function weekdayOf(time: ZonedTime): string {
  return DAYS[localDate(time).getUTCDay()]!;
}

/** The date on the clock of the place where a time was written, as one of UTC. */
function localDate({ ms, offsetMinutes }: ZonedTime): Date {
  return new Date(ms + offsetMinutes * MINUTE_MS);
}
