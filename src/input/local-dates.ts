import { MoodsyncError } from "../domain/moodsync-error.ts";
import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { dayOfWallTime, wallTimeAt } from "../domain/time/wall-time.ts";
import { dateOfDay, dayOfDate } from "./calendar.ts";
import { minutesOf, parseClock, type TypedClock } from "./clock-words.ts";
import type { MeantTime, WordsContext } from "./when-words.ts";

/** Reads clock times ("9pm", "9.30", "at 21:00") and dates in figures, with a clock time or without one: "31.12.2025",
 *  "24.11. 20:00", "12/31/2025", "20251231", "2025/12/31". A date without a year is the last one, or the next one where
 *  the future is meant; so is a clock time. Undefined for other texts. Throws `invalid_input` where two dates are meant
 *  equally well, and for one that does not exist. */
export function readLocalDate(text: string, context: WordsContext): MeantTime | undefined {
  const spoken = text.replace(/^at /i, "");
  const [first = "", ...others] = text.split(/,? +/);
  const rest = others.join(" ").replace(/^at /i, "");
  const clock = rest === "" ? null : (parseClock(rest) ?? dottedClock(rest));
  const readings = rest === "" || clock ? dateReadings(first) : [];
  const dates = readings.filter(isReal);
  const alone = dottedClock(spoken) ?? (/^\d+$/.test(spoken) ? null : parseClock(spoken));
  if (dates.length + (alone ? 1 : 0) > 1) throw ambiguous(text, dates, alone);
  if (alone) return atClock(alone, context, text);
  if (dates[0]) return onDate(dates[0], clock, context);
  if (readings.length > 0) throw noSuchDate(text);
  return undefined;
}

/** Null for the year: it was not written. The month counts from 1. */
interface WrittenDate {
  year: number | null;
  month: number;
  date: number;
}

/** What a date in figures can mean; those that mean the same once. */
function dateReadings(text: string): WrittenDate[] {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (compact) {
    const [date, month] = [Number(compact.at(-1)), Number(compact.at(-2))];
    return [{ year: Number(compact[1]), month, date }];
  }
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?$/.exec(text);
  if (dotted) return [{ year: yearOf(dotted[3]), month: Number(dotted[2]), date: Number(dotted[1]) }];
  const slashed =
    /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text);
  if (!slashed) return [];
  const [one, other, year] = [Number(slashed[1]), Number(slashed[2]), yearOf(slashed[3])];
  const readings = [
    { year, month: other, date: one },
    { year, month: one, date: other },
  ];
  return readings.slice(0, one === other ? 1 : 2);
}

function yearOf(typed: string | undefined): number | null {
  if (typed === undefined) return null;
  return typed.length === 2 ? 2000 + Number(typed) : Number(typed);
}

/** "9.30", "21.05": two figures for the minutes. */
function dottedClock(text: string): TypedClock | null {
  return /^\d{1,2}\.\d{2}$/.test(text) ? parseClock(text.replace(".", ":")) : null;
}

function isReal({ year, month, date }: WrittenDate): boolean {
  const inYear = year ?? LEAP_YEAR;
  if (inYear < 1900 || month < 1 || month > 12 || date < 1) return false;
  return dateOfDay(dayOfDate(inYear, month - 1, date)).month === month - 1;
}

const LEAP_YEAR = 2024;

function onDate(date: WrittenDate, clock: TypedClock | null, context: WordsContext): MeantTime | undefined {
  const ofDayMs = clock ? minutesOf(clock) * MINUTE_MS : 0;
  const { nowMs, latestMs, zone, future } = context;
  const wallTime = (year: number) => dayOfDate(year, date.month - 1, date.date) * DAY_MS + ofDayMs;
  const thisYear = dateOfDay(dayOfWallTime(wallTimeAt(nowMs, zone))).year;
  const years =
    date.year !== null ? [date.year] : future ? [thisYear, thisYear + 1] : [thisYear, thisYear - 1];
  const today = dayOfWallTime(wallTimeAt(nowMs, zone)) * DAY_MS;
  const year = years.find((candidate) => {
    if (!isReal({ ...date, year: candidate })) return false;
    if (date.year !== null) return true;
    return future ? wallTime(candidate) >= today : wallTime(candidate) <= wallTimeAt(latestMs, zone);
  });
  return year === undefined ? undefined : { kind: clock ? "wall" : "day", wallMs: wallTime(year) };
}

/** A clock time that has not come yet is yesterday's. Clocks differ by minutes, but nobody says "midnight" of one that
 *  is still to come. */
function atClock(
  clock: TypedClock,
  { nowMs, latestMs, zone, future }: WordsContext,
  text: string,
): MeantTime {
  const nowWallMs = wallTimeAt(nowMs, zone);
  const wallMs = dayOfWallTime(nowWallMs) * DAY_MS + minutesOf(clock) * MINUTE_MS;
  if (future) return { kind: "wall", wallMs: wallMs < nowWallMs ? wallMs + DAY_MS : wallMs };
  const isPast = wallMs <= wallTimeAt(/\d/.test(text) ? latestMs : nowMs, zone);
  return { kind: "wall", wallMs: isPast ? wallMs : wallMs - DAY_MS };
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

function ambiguous(text: string, dates: readonly WrittenDate[], clock: TypedClock | null): MoodsyncError {
  const twoDigits = (number: number) => String(number).padStart(2, "0");
  const inWords = ({ year, month, date }: WrittenDate) =>
    [date, MONTHS[month - 1], ...(year === null ? [] : [year])].join(" ");
  const inFigures = ({ year, month, date }: WrittenDate) =>
    year === null
      ? `${date} ${MONTHS[month - 1]!.slice(0, 3).toLowerCase()}`
      : `${year}-${twoDigits(month)}-${twoDigits(date)}`;
  const clocks = clock ? [`${twoDigits(clock.hour)}:${twoDigits(clock.minute)}`] : [];
  const readings = [...clocks, ...dates.map(inWords)].join(" or ");
  return new MoodsyncError("invalid_input", `"${text}" can mean ${readings}.`, {
    hint: `Write ${[...clocks, ...dates.map(inFigures)].map((one) => `"${one}"`).join(" or ")}.`,
  });
}

function noSuchDate(text: string): MoodsyncError {
  return new MoodsyncError(
    "invalid_input",
    `"${text}" does not exist: no such day, or no year from 1900 to 9999.`,
    {
      hint: 'Write it like "2026-03-02".',
    },
  );
}
