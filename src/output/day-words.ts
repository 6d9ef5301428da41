import { DAY_MS } from "../domain/time/durations.ts";

/** A week from Monday on. */
export const WEEKDAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
export const LONG_WEEKDAY_NAMES = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** The parts of a day that is given by its number, counted from 1 January 1970; months from 0. */
export function datePartsOf(day: number): { year: number; month: number; date: number } {
  const utc = new Date(day * DAY_MS);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth(), date: utc.getUTCDate() };
}

/** "2026-11-25", as in JSON. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** "Nov", or "November". */
export function monthName(month: number, isLong = false): string {
  const name = MONTH_NAMES[month]!;
  return isLong ? name : name.slice(0, 3);
}

/** "25 Nov"; with the year of the day when it is not `year`: "25 Nov 2025". `isLong` writes the month out. */
export function dayWords(
  day: number,
  { year, isLong = false }: { year?: number | undefined; isLong?: boolean } = {},
): string {
  const parts = datePartsOf(day);
  const words = `${parts.date} ${monthName(parts.month, isLong)}`;
  return year === undefined || parts.year === year ? words : `${words} ${parts.year}`;
}

/** "28 Aug to 25 Nov 2026", with both years where they differ; a single day stands alone. */
export function rangeWords({ from, to }: { from: number; to: number }, isLong = false): string {
  const end = `${dayWords(to, { isLong })} ${datePartsOf(to).year}`;
  return from === to ? end : `${dayWords(from, { year: datePartsOf(to).year, isLong })} to ${end}`;
}

/** "October 2026"; "Dec 2025 to Nov 2026" for several months. */
export function monthRangeWords({ from, to }: { from: number; to: number }, isLong = false): string {
  const [first, last] = [datePartsOf(from), datePartsOf(to)];
  const words = ({ year, month }: { year: number; month: number }) => `${monthName(month, isLong)} ${year}`;
  return words(first) === words(last) ? words(last) : `${words(first)} to ${words(last)}`;
}
