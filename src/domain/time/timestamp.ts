import { DAY_MS, HOUR_MS, MINUTE_MS } from "./durations.ts";
/** A point in time and the offset of the place where it was written. */
export interface ZonedTime {
  /** Milliseconds since 1970 in UTC. */
  readonly ms: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

/** Earliest and latest instant whose year is 1900 to 9999 in UTC. */
const MIN_MS = Date.UTC(1900, 0, 1);
const MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads an RFC 3339 timestamp; digits finer than a millisecond are cut off.
 *  Null for anything else: a date that does not exist, a year outside 1900–9999 (here or in UTC), a leap second. */
export function parseTimestamp(text: string): ZonedTime | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const time = parseUnseen(text);
  if (parsed.size === MAX_REMEMBERED) parsed.clear();
  parsed.set(text, time);
  return time;
}

/** The same few texts are read again and again: each change names its time in two places, and both are checked,
 *  compared and stored. */
const parsed = new Map<string, ZonedTime | null>();
const MAX_REMEMBERED = 64;

function parseUnseen(text: string): ZonedTime | null {
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHour, offsetMinute] = match;
  if (!isReal(+year!, +month!, +day!, +hour!, +minute!, +second!)) return null;
  const local = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!, fractionToMs(fraction));
  if (!isInRange(local)) return null;
  const offsetMinutes = sign ? readOffset(sign, +offsetHour!, +offsetMinute!) : 0;
  if (offsetMinutes === null) return null;
  const ms = local - offsetMinutes * MINUTE_MS;
  return isInRange(ms) ? { ms, offsetMinutes } : null;
}

/** Canonical form: three decimals, `Z` for offset zero. The inverse of `parseTimestamp`. */
export function formatTimestamp({ ms, offsetMinutes }: ZonedTime): string {
  if (offsetMinutes === 0) return formatUtc(ms);
  const local = formatUtc(ms + offsetMinutes * MINUTE_MS).slice(0, -1);
  const minutes = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}`;
}

/** The same for an instant without a place: metadata times. Throws a RangeError for what is no time. */
export function formatUtc(ms: number): string {
  const wholeMs = Math.trunc(ms);
  const day = Math.floor(wholeMs / DAY_MS);
  let date = dateByDay.get(day);
  if (date === undefined) {
    date = new Date(wholeMs).toISOString().slice(0, -TIME_CHARACTERS);
    if (dateByDay.size === MAX_REMEMBERED) dateByDay.clear();
    dateByDay.set(day, date);
  }
  const ofDay = wholeMs - day * DAY_MS;
  const hour = Math.floor(ofDay / HOUR_MS);
  const minute = Math.floor(ofDay / MINUTE_MS) % 60;
  const second = Math.floor(ofDay / 1000) % 60;
  const thousandth = ofDay % 1000;
  return `${date}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}.${THREE_DIGITS[thousandth]}Z`;
}

/** `Date` takes five times as long for a text, and each row holds several times, of few days. */
const dateByDay = new Map<number, string>();
const TIME_CHARACTERS = "00:00:00.000Z".length;
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, "0"));

/** Milliseconds of a timestamp that has been checked before. Throws a RangeError on any other text. */
export function timestampToMs(text: string): number {
  const time = parseTimestamp(text);
  if (!time) throw new RangeError("not a timestamp");
  return time.ms;
}

function fractionToMs(fraction: string | undefined): number {
  return fraction ? +fraction.slice(0, 3).padEnd(3, "0") : 0;
}

function isInRange(ms: number): boolean {
  return ms >= MIN_MS && ms <= MAX_MS;
}

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Date.UTC would roll 30 February over to March, and take the year 50 for 1950. */
function isReal(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > DAYS_OF_MONTH[month - 1]!) return false;
  if (month === 2 && day === 29 && !isLeapYear(year)) return false;
  return hour <= 23 && minute <= 59 && second <= 59;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function readOffset(sign: string, hours: number, minutes: number): number | null {
  if (hours > 23 || minutes > 59) return null;
  const offset = hours * 60 + minutes;
  return sign === "-" && offset > 0 ? -offset : offset;
}
