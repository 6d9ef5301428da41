import { calendarOf, type Day, daysWithin, lengthOf, type Span } from "./day.ts";

/** Days with entries that make a line. */
export const DAYS_FOR_LINE = 4;

/** A running mean over the last days: how many days it looks back on, the day itself included, how many of them must
 *  have entries, and how many empty days in a row make it break (none where the days needed see to that). */
export interface Window {
  days: number;
  needed: number;
  breaksAfter: number | null;
}

/** Up to `LONGEST_SHORT_SPAN` days. */
export const WEEK: Window = { days: 7, needed: 4, breaksAfter: null };
export const MONTH: Window = { days: 28, needed: 16, breaksAfter: 7 };
const LONGEST_SHORT_SPAN = 120;

/** The window whose running mean suits a span. */
export function windowFor(span: Span): Window {
  return lengthOf(span) <= LONGEST_SHORT_SPAN ? WEEK : MONTH;
}

/** First day of those that a running mean over the span looks at. */
export function firstDayNeeded(span: Span): number {
  return span.from - windowFor(span).days + 1;
}

/** The running mean for each day of the span, NaN where it breaks, and everywhere under `DAYS_FOR_LINE` days with entries
 *  within the span. Each day counts once, by its value; days without entries count nothing. `days` may begin before the
 *  span, and then the first means look back on those. */
export function runningMeans(days: readonly Day[], span: Span, window: Window): Float64Array {
  const means = new Float64Array(lengthOf(span)).fill(Number.NaN);
  if (daysWithin(days, span).length < DAYS_FOR_LINE) return means;
  const lead = window.days - 1;
  const values = calendarOf(days, { from: span.from - lead, to: span.to });
  const broken = window.breaksAfter === null ? null : longGaps(values, window.breaksAfter);
  let sum = 0;
  let count = 0;
  for (let at = 0; at < values.length; at++) {
    const entering = values[at]!;
    if (!Number.isNaN(entering)) {
      sum += entering;
      count++;
    }
    const leaving = at - window.days >= 0 ? values[at - window.days]! : Number.NaN;
    if (!Number.isNaN(leaving)) {
      sum -= leaving;
      count--;
    }
    if (at >= lead && count >= window.needed && !broken?.[at]) means[at - lead] = sum / count;
  }
  return means;
}

/** Which days lie in a row of empty ones of at least that length. */
function longGaps(values: Float64Array, length: number): Uint8Array {
  const inGap = new Uint8Array(values.length);
  let empty = 0;
  for (let at = 0; at <= values.length; at++) {
    if (at < values.length && Number.isNaN(values[at]!)) {
      empty++;
      continue;
    }
    if (empty >= length) inGap.fill(1, at - empty, at);
    empty = 0;
  }
  return inGap;
}
