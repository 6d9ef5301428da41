import { DAY_MS, HOUR_MS, MINUTE_MS } from "./durations.ts";
/** A point in time and the offset of the place where it was written. */
export interface ZonedTime {
  /** Milliseconds since 1970 in UTC. */
  readonly ms: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** Earliest and latest instant whose year is 1900 to 9999 in UTC. */
const MIN_MS = Date.UTC(1900, 0, 1);
const MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads an RFC 3339 timestamp; digits finer than a millisecond are cut off.
 *  Null for anything else: a date that does not exist, a year outside 1900–9999 (here or in UTC), a leap second. */
export function parseTimestamp(text: string): ZonedTime | null {
  if (text === lastParsed.text) return lastParsed.time;
  const time = parseAnew(text);
  if (time) lastParsed = { text, time };
  return time;
}

/** Of one entity a time is checked, and then stored. */
let lastParsed: { text: string; time: ZonedTime | null } = { text: "", time: null };

function parseAnew(text: string): ZonedTime | null {
  if (!hasSeparators(text)) return null;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  if (!isReal(year, month, day, hour, minute, second)) return null;
  const fractionEnd = endOfFraction(text);
  if (fractionEnd === null) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, fractionMs(text, fractionEnd));
  if (!isInRange(local)) return null;
  const offsetMinutes = readOffset(text, fractionEnd);
  if (offsetMinutes === null) return null;
  const ms = local - offsetMinutes * MINUTE_MS;
  return isInRange(ms) ? { ms, offsetMinutes } : null;
}

/** Where the seconds end. */
const SECONDS_END = "2026-03-02T21:00:00".length;
const MAX_FRACTION_DIGITS = 12;
const [DOT, DASH, PLUS, COLON, ZERO, NINE] = [0x2e, 0x2d, 0x2b, 0x3a, 0x30, 0x39];

/** Read by its characters: a regular expression takes three times as long, and lists and syncs read thousands. */
function hasSeparators(text: string): boolean {
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    (text[10] === "T" || text[10] === "t") &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  );
}

/** The number that these digits are; Infinity where one of them is none, which no calendar has. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!(code >= ZERO && code <= NINE)) return Number.POSITIVE_INFINITY;
    number = number * 10 + (code - ZERO);
  }
  return number;
}

/** Null where a point has no digits behind it, or too many. */
function endOfFraction(text: string): number | null {
  if (text.charCodeAt(SECONDS_END) !== DOT) return SECONDS_END;
  const start = SECONDS_END + 1;
  let end = start;
  while (text.charCodeAt(end) >= ZERO && text.charCodeAt(end) <= NINE) end += 1;
  return end > start && end <= start + MAX_FRACTION_DIGITS ? end : null;
}

function fractionMs(text: string, end: number): number {
  const [start, counted] = [SECONDS_END + 1, Math.min(end, SECONDS_END + 4)];
  return counted <= start ? 0 : digits(text, start, counted) * 10 ** (3 - (counted - start));
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
  if (ms !== lastWritten.ms) lastWritten = { ms, text: writeUtc(ms) };
  return lastWritten.text;
}

/** What a command stores has the time of the command. */
let lastWritten = { ms: Number.NaN, text: "" };

function writeUtc(ms: number): string {
  const wholeMs = Math.trunc(ms);
  const day = Math.floor(wholeMs / DAY_MS);
  let date = dateByDay.get(day);
  if (date === undefined) {
    date = new Date(wholeMs).toISOString().slice(0, -TIME_CHARACTERS);
    if (dateByDay.size === MAX_REMEMBERED_DAYS) dateByDay.clear();
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
/** Days of ten years, which take half a megabyte. */
const MAX_REMEMBERED_DAYS = 3653;
const TIME_CHARACTERS = "00:00:00.000Z".length;
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, "0"));

/** Whether a text is a timestamp as {@link formatUtc} writes it. Its length leaves no other form with a capital Z. */
export function isUtc(text: string): boolean {
  return (
    text.length === UTC_CHARACTERS && text[10] === "T" && text[23] === "Z" && parseTimestamp(text) !== null
  );
}

const UTC_CHARACTERS = "2026-03-02T21:00:00.000Z".length;

/** Milliseconds of a timestamp that has been checked before. Throws a RangeError on any other text. */
export function timestampToMs(text: string): number {
  if (text === lastRead.text) return lastRead.ms;
  const time = parseTimestamp(text);
  if (!time) throw new RangeError("not a timestamp");
  lastRead = { text, ms: time.ms };
  return time.ms;
}

/** What is stored together mostly has one time. */
let lastRead = { text: "", ms: Number.NaN };

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

/** Minutes east of UTC of what stands behind the seconds: "Z" or "+01:00". */
function readOffset(text: string, start: number): number | null {
  if (text[start] === "Z" || text[start] === "z") return text.length === start + 1 ? 0 : null;
  const sign = text.charCodeAt(start);
  const isOffset = (sign === PLUS || sign === DASH) && text.charCodeAt(start + 3) === COLON;
  if (!isOffset || text.length !== start + 6) return null;
  const [hours, minutes] = [digits(text, start + 1, start + 3), digits(text, start + 4, start + 6)];
  if (hours > 23 || minutes > 59) return null;
  const offset = hours * 60 + minutes;
  return sign === DASH && offset > 0 ? -offset : offset;
}
