import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../domain/time/durations.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { instantAtOrAfterGap, instantOfWallTime, type Zone } from "../../domain/time/wall-time.ts";
import type { ImportItem, Place } from "../../entries/import/draft.ts";

/** Turns the times of a file without a place into those of one: that of `--tz`. */
export interface LocalClock {
  zone: Zone;
}

/** What a clock on the wall showed, as ms since 1970 if that wall were in UTC; null for a day or a time that does not
 *  exist. Months count from 1. */
export function wallTime(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number] = MIDDAY,
): number | null {
  if (year < 1900 || year > 9999 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || day < 1) return null;
  return date.getTime() + hour * HOUR_MS + minute * MINUTE_MS + second * 1000;
}

/** When something was that only a day is known of. */
export const MIDDAY = [12, 0, 0] as const;

/** The moment of a wall time, with a warning for one that the clocks skipped or showed twice. */
export function* atWallTime(
  { zone }: LocalClock,
  wallMs: number,
  place: Place,
): Generator<ImportItem, ZonedTime> {
  const instant = instantOfWallTime(wallMs, zone);
  const ms = instant ?? instantAtOrAfterGap(wallMs, zone);
  if (instant === null) yield warning(place, "time_skipped", SKIPPED);
  else if (isShownTwice(instant, wallMs, zone)) yield warning(place, "time_twice", TWICE);
  return { ms, offsetMinutes: zone(ms) };
}

const SKIPPED = "The clocks skipped that time in this zone; it was moved on by as much as they were.";
const TWICE = "The clocks showed that time twice in this zone; the earlier one was taken.";

function warning(place: Place, code: string, message: string): ImportItem {
  return { kind: "warning", place, code, message };
}

/** Clocks are set back by three hours at most. */
function isShownTwice(ms: number, wallMs: number, zone: Zone): boolean {
  const later = zone(wallMs + DAY_MS);
  const again = wallMs - later * MINUTE_MS;
  return again > ms && again - ms <= 3 * HOUR_MS && zone(again) === later;
}

/** An instant whose place is not known. */
export function atInstant({ zone }: LocalClock, ms: number): ZonedTime {
  return { ms, offsetMinutes: zone(ms) };
}

const AM_PM =
  "([ap])\\.?\\s?m\\.?|(\u5348\u524d|\u4e0a\u5348|\uc624\uc804)|(\u5348\u5f8c|\u4e0b\u5348|\uc624\ud6c4)";
const CLOCK = new RegExp(
  `^(?:(?:${AM_PM})\\s*)?(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d+)?)?(?:\\s*(?:${AM_PM}))?$`,
  "i",
);

/** Reads what a clock shows: "21:05", "9:05 PM", "12:05 a. m."; null for what is no time of day. */
export function parseClock(text: string): readonly [number, number, number] | null {
  const match = CLOCK.exec(text.replace(/[\u00a0\u202f\u2009]/g, " ").trim());
  if (!match) return null;
  const [
    ,
    letterBefore,
    amBefore,
    pmBefore,
    hourText,
    minuteText,
    secondText,
    letterAfter,
    amAfter,
    pmAfter,
  ] = match;
  const letter = (letterBefore ?? letterAfter)?.toLowerCase();
  const isAm = letter === "a" || (amBefore ?? amAfter) !== undefined;
  const isPm = letter === "p" || (pmBefore ?? pmAfter) !== undefined;
  const shown = Number(hourText);
  if ((isAm || isPm) && (shown < 1 || shown > 12)) return null;
  const hour = isAm || isPm ? (shown % 12) + (isPm ? 12 : 0) : shown;
  const [minute, second] = [Number(minuteText), Number(secondText ?? 0)];
  return hour > 23 || minute > 59 || second > 59 ? null : [hour, minute, second];
}

/** Reads "2025-10-03 21:30:12 +0200" and what RFC 3339 is made of: a day, a time and perhaps an offset. `offsetMinutes` is
 *  null where none is there, "Z" where it names the instant only. Null for what is no such time. */
export function parseIsoTime(text: string): { wallMs: number; offsetMinutes: number | "Z" | null } | null {
  const match = ISO.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const clock = hour === undefined ? MIDDAY : ([+hour, +minute!, +(second ?? 0)] as const);
  const wallMs = wallTime([+year!, +month!, +day!], clock);
  if (wallMs === null) return null;
  const ms = wallMs + (fraction ? Number(fraction.slice(0, 3).padEnd(3, "0")) : 0);
  if (zone === undefined) return { wallMs: ms, offsetMinutes: null };
  if (/^z$/i.test(zone)) return { wallMs: ms, offsetMinutes: "Z" };
  const offsetMinutes = parseOffset(zone);
  return offsetMinutes === null ? null : { wallMs: ms, offsetMinutes };
}

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(z|[+-]\d{2}:?\d{2})?)?$/i;

/** Minutes east of UTC of "+0200" or "+02:00"; null for an hour or a minute that no offset has. */
export function parseOffset(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  if (sign === undefined || +hours! > 23 || +(minutes ?? 0) > 59) return null;
  const total = +hours! * 60 + +(minutes ?? 0);
  return sign === "-" && total > 0 ? -total : total;
}

/** The moment of such a time. */
export function* atIsoTime(
  clock: LocalClock,
  time: NonNullable<ReturnType<typeof parseIsoTime>>,
  place: Place,
): Generator<ImportItem, ZonedTime> {
  const { wallMs, offsetMinutes } = time;
  if (offsetMinutes === null) return yield* atWallTime(clock, wallMs, place);
  if (offsetMinutes === "Z") return atInstant(clock, wallMs);
  return { ms: wallMs - offsetMinutes * MINUTE_MS, offsetMinutes };
}
