/** A local day that has mood entries. Days without any are not in a list of days, and nothing takes their place. */
export interface Day {
  /** Number of the local day, counted from 1 January 1970. */
  day: number;
  /** How many entries had each value, 1 (awful) first. */
  counts: readonly [number, number, number, number, number];
  /** Ids of the activities that any entry of the day names, without repetition. */
  activities: readonly string[];
}

/** Days of the calendar from one to another, both included. */
export interface Span {
  from: number;
  to: number;
}

/** How many entries a day has. */
export function entriesOf({ counts }: Pick<Day, "counts">): number {
  return counts[0] + counts[1] + counts[2] + counts[3] + counts[4];
}

/** The value of a day: the mean of its entries, 1 to 5. */
export function moodOf(day: Pick<Day, "counts">): number {
  const [one, two, three, four, five] = day.counts;
  return (one + 2 * two + 3 * three + 4 * four + 5 * five) / entriesOf(day);
}

export function lengthOf({ from, to }: Span): number {
  return to - from + 1;
}

/** The days of a span, of days in their order. */
export function daysWithin<T extends { day: number }>(days: readonly T[], { from, to }: Span): T[] {
  return days.filter(({ day }) => day >= from && day <= to);
}

/** The weekday of a day, 0 (Monday) to 6 (Sunday). 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** A value for each day of the span, NaN where there is no entry. */
export function calendarOf(days: readonly Day[], { from, to }: Span): Float64Array {
  const values = new Float64Array(lengthOf({ from, to })).fill(Number.NaN);
  for (const day of days) if (day.day >= from && day.day <= to) values[day.day - from] = moodOf(day);
  return values;
}

/** The first day of the week in which a day lies. */
export function firstDayOfWeek(day: number, weekStart: "monday" | "sunday"): number {
  return day - (weekStart === "monday" ? weekdayOf(day) : (weekdayOf(day) + 1) % 7);
}
