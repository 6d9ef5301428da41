import { deviationOf, meanOf } from "./centre.ts";
import { calendarOf, type Day, moodOf, type Span, weekdayOf } from "./day.ts";
import { createRandom, type Random, seedOf } from "./random.ts";
import { twoSidedQuantile } from "./student.ts";

export interface Weekday {
  /** 0 (Monday) to 6 (Sunday). */
  weekday: number;
  /** Days of it with entries. */
  days: number;
  /** Null where there is none. */
  mean: number | null;
  /** 95 % interval of the mean; null under four days. */
  interval: [number, number] | null;
}

export type WeekdayPattern =
  | { status: "needs weeks"; weeks: number; needed: number }
  | {
      status: "compared";
      weekdays: Weekday[];
      /** Of one test of all seven at once. */
      p: number;
      /** The weekday that departs most from the rest of its weeks; null where p is not below `P_LIMIT`. */
      standsOut: number | null;
    };

const WEEKS_NEEDED = 4;
const P_LIMIT = 0.05;
const PERMUTATIONS = 999;
const DAYS_FOR_INTERVAL = 4;
/** A week with fewer days than this says nothing of how its days compare. */
const DAYS_OF_WEEK_NEEDED = 2;

/** The means of the weekdays over a span, and whether they differ.
 *  The interval of each is Student's: days a week apart hardly depend on each other. Whether they differ is one
 *  permutation test of all seven (Good 2005, Permutation, Parametric and Bootstrap Tests, ch. 3 and 9): each week's days, less the week's mean,
 *  are turned by a random number of days. So what follows on what stays as it is, and only the tie to the calendar
 *  goes; plain shuffling would take the likeness of neighbouring days for a pattern. The statistic is the sum over the
 *  weekdays of days × mean². */
export function weekdayPattern(days: readonly Day[]): WeekdayPattern {
  const first = days[0]?.day ?? 0;
  const span = { from: first, to: days.at(-1)?.day ?? first - 1 };
  const weeks = Math.floor((span.to - span.from + 1) / 7);
  if (weeks < WEEKS_NEEDED) return { status: "needs weeks", weeks, needed: WEEKS_NEEDED };
  const { p, deviations } = permutationTest(days, span);
  const furthest = deviations.indexOf(Math.max(...deviations));
  return {
    status: "compared",
    weekdays: Array.from({ length: 7 }, (_, weekday) => toWeekday(days, weekday)),
    p,
    standsOut: p < P_LIMIT ? weekdayOf(span.from + furthest) : null,
  };
}

function toWeekday(days: readonly Day[], weekday: number): Weekday {
  const values = days.filter(({ day }) => weekdayOf(day) === weekday).map(moodOf);
  if (values.length === 0) return { weekday, days: 0, mean: null, interval: null };
  const mean = meanOf(values);
  if (values.length < DAYS_FOR_INTERVAL) return { weekday, days: values.length, mean, interval: null };
  const half = (twoSidedQuantile(0.05, values.length - 1) * deviationOf(values)) / Math.sqrt(values.length);
  return { weekday, days: values.length, mean, interval: [mean - half, mean + half] };
}

/** The p, and how much each day of the week, the first of the span first, departs from its weeks: days × mean². */
function permutationTest(days: readonly Day[], span: Span): { p: number; deviations: number[] } {
  const weeks = departuresByWeek(calendarOf(days, span));
  const random = createRandom(seedOf(days.flatMap((day) => [day.day, moodOf(day)])));
  const deviations = deviationsOf(weeks, null);
  const statistic = total(deviations);
  let atLeast = 1;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    if (total(deviationsOf(weeks, random)) >= statistic * (1 - 1e-9)) atLeast++;
  }
  return { p: atLeast / (PERMUTATIONS + 1), deviations };
}

/** Whole weeks of values less the mean of their week. */
function departuresByWeek(values: Float64Array): Float64Array[] {
  return Array.from({ length: Math.floor(values.length / 7) }, (_, week) =>
    values.slice(7 * week, 7 * week + 7),
  )
    .map((week) => {
      const present = week.filter((value) => !Number.isNaN(value));
      return present.length < DAYS_OF_WEEK_NEEDED ? null : week.map((value) => value - meanOf(present));
    })
    .filter((week) => week !== null);
}

function deviationsOf(weeks: readonly Float64Array[], random: Random | null): number[] {
  const sums = new Float64Array(7);
  const counts = new Float64Array(7);
  for (const week of weeks) {
    const turn = random ? random.int(7) : 0;
    for (let at = 0; at < 7; at++) {
      const value = week[at]!;
      if (Number.isNaN(value)) continue;
      const weekday = (at + turn) % 7;
      sums[weekday]! += value;
      counts[weekday]! += 1;
    }
  }
  return Array.from(sums, (sum, weekday) => (counts[weekday] === 0 ? 0 : (sum * sum) / counts[weekday]!));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
