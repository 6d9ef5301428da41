import { meanOf, quantileOf } from "./centre.ts";
import { calendarOf, type Day, entriesOf, lengthOf, moodOf, type Span } from "./day.ts";
import { errorOfMean } from "./error-of-mean.ts";
import { createRandom, seedOf } from "./random.ts";
import { twoSidedQuantile } from "./student.ts";

/** A span of days in figures. Values are of the scale 1 (awful) to 5 (great). */
export interface Summary {
  /** Days of the calendar in the span. */
  spanDays: number;
  entries: number;
  /** Days with entries. */
  days: number;
  /** Days with entries of those of the span, 0 to 1. */
  coverage: number;
  /** Of the days' values; null without any. */
  centre: { mean: number; median: number; quartiles: [number, number] } | null;
  /** How many entries have each value, 1 first. */
  distribution: [number, number, number, number, number];
  instability: Instability;
}

/** How much mood differs from one day to the next, from pairs of days in a row that both have entries. */
export type Instability =
  | { status: "needs pairs"; pairs: number; needed: number }
  | {
      status: "known";
      pairs: number;
      /** Mean square of the differences (von Neumann 1941; Jahng, Wood, Trull 2008, Psychol Methods 13:354). */
      mssd: number;
      /** Share of the pairs that are `ACUTE_CHANGE` or more apart, 0 to 1 (Jahng, Wood, Trull 2008). */
      acuteChanges: number;
    };

const PAIRS_NEEDED = 20;
/** From how many steps of the scale on a difference between two days in a row counts as an acute change. */
export const ACUTE_CHANGE = 2;

export function summarise(days: readonly Day[], span: Span): Summary {
  const values = days.map(moodOf).sort((a, b) => a - b);
  const distribution: Summary["distribution"] = [0, 0, 0, 0, 0];
  for (const { counts } of days) {
    for (const [index, count] of counts.entries()) distribution[index]! += count;
  }
  return {
    spanDays: lengthOf(span),
    entries: days.reduce((sum, day) => sum + entriesOf(day), 0),
    days: days.length,
    coverage: days.length / lengthOf(span),
    centre:
      values.length === 0
        ? null
        : {
            mean: meanOf(values),
            median: quantileOf(values, 0.5),
            quartiles: [quantileOf(values, 0.25), quantileOf(values, 0.75)],
          },
    distribution,
    instability: instabilityOf(days),
  };
}

function instabilityOf(days: readonly Day[]): Instability {
  const differences = days
    .slice(1)
    .flatMap((day, index) => (day.day === days[index]!.day + 1 ? [moodOf(day) - moodOf(days[index]!)] : []));
  const pairs = differences.length;
  if (pairs < PAIRS_NEEDED) return { status: "needs pairs", pairs, needed: PAIRS_NEEDED };
  return {
    status: "known",
    pairs,
    mssd: meanOf(differences.map((difference) => difference ** 2)),
    acuteChanges: differences.filter((difference) => Math.abs(difference) >= ACUTE_CHANGE).length / pairs,
  };
}

/** A span against the one of the same length before it. */
export type PeriodChange =
  | { status: "needs days"; days: number; daysBefore: number; needed: number }
  | {
      status: "compared";
      meanBefore: number;
      /** The mean now minus the mean before. */
      difference: number;
      /** 95 % interval of the difference. */
      interval: [number, number];
      /** Whether the interval holds 0. */
      cannotTell: boolean;
    };

/** Days with entries that both spans must have. */
const DAYS_TO_COMPARE = 14;

/** The difference of the means of two spans, with a moving-block bootstrap interval. */
export function changeBetweenSpans(days: readonly Day[], before: readonly Day[]): PeriodChange {
  if (Math.min(days.length, before.length) < DAYS_TO_COMPARE) {
    return {
      status: "needs days",
      days: days.length,
      daysBefore: before.length,
      needed: DAYS_TO_COMPARE,
    };
  }
  const [now, then] = [days, before].map((of) => {
    const values = calendarOf(of, { from: of[0]!.day, to: of.at(-1)!.day });
    const random = createRandom(seedOf(of.flatMap((day) => [day.day, moodOf(day)])));
    return { mean: meanOf(of.map(moodOf)), ...errorOfMean(values, random) };
  }) as [{ mean: number; error: number; freedom: number }, { mean: number; error: number; freedom: number }];
  const difference = now.mean - then.mean;
  const half = twoSidedQuantile(0.05, now.freedom + then.freedom) * Math.hypot(now.error, then.error);
  return {
    status: "compared",
    meanBefore: then.mean,
    difference,
    interval: [difference - half, difference + half],
    cannotTell: Math.abs(difference) <= half,
  };
}
