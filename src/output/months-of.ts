import { DAY_MS } from "../domain/time/durations.ts";
import type { Span } from "../insights/day.ts";
import { datePartsOf } from "./day-words.ts";

/** The days of a span that lie in one month. */
export interface Month extends Span {
  year: number;
  /** From 0. */
  month: number;
  /** Days of the whole month. */
  length: number;
  /** The first day of the whole month. */
  first: number;
}

/** The months of a span; of the first and the last there may be a part only. */
export function monthsOf({ from, to }: Span): Month[] {
  const months: Month[] = [];
  for (let day = from; day <= to; ) {
    const { year, month } = datePartsOf(day);
    const first = Date.UTC(year, month, 1) / DAY_MS;
    const length = Date.UTC(year, month + 1, 1) / DAY_MS - first;
    months.push({ year, month, first, length, from: day, to: Math.min(to, first + length - 1) });
    day = first + length;
  }
  return months;
}
