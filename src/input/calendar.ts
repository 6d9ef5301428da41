import { DAY_MS } from "../domain/time/durations.ts";

/** The weekday with which a week begins: the setting `week.start`. */
export type WeekStart = "monday" | "sunday";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAME =
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?$/i;

/** "march" or "Mar." as the number of the month, January being 0; null for another word. */
export function monthNamed(word: string): number | null {
  return MONTH_NAME.test(word) ? MONTHS.indexOf(word.slice(0, 3).toLowerCase()) : null;
}

/** A day as its number, counted from 1 January 1970. January is 0; a month outside of 0 to 11 is one of another year. */
export function dayOfDate(year: number, month: number, date: number): number {
  return Date.UTC(year, month, date) / DAY_MS;
}

export function dateOfDay(day: number): { year: number; month: number; date: number; weekday: number } {
  const utc = new Date(day * DAY_MS);
  return {
    year: utc.getUTCFullYear(),
    month: utc.getUTCMonth(),
    date: utc.getUTCDate(),
    weekday: utc.getUTCDay(),
  };
}

/** The day that is some months away, clamped to its month: a month before 31 March is 28 February. */
export function shiftMonths(day: number, months: number): number {
  const { year, month, date } = dateOfDay(day);
  const lastDay = dayOfDate(year, month + months + 1, 0);
  return Math.min(dayOfDate(year, month + months, date), lastDay);
}

/** The first day of the week in which a day lies. */
export function firstDayOfWeek(day: number, weekStart: WeekStart): number {
  const first = weekStart === "monday" ? 1 : 0;
  return day - ((dateOfDay(day).weekday - first + 7) % 7);
}
