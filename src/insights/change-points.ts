import { carryOverOf } from "./carry-over.ts";
import { meanOf } from "./centre.ts";
import { calendarOf, type Day, moodOf } from "./day.ts";
import { gaussian } from "./gaussian.ts";
import { BLOCK_DAYS } from "./moving-blocks.ts";
import { createRandom, type Random, seedOf } from "./random.ts";

/** A day about which the level of mood changed. */
export interface ChangePoint {
  /** The first day of the new level, as a number counted from 1 January 1970. */
  day: number;
  /** Days within which it lies in 95 % of the resamples. */
  interval: [number, number];
  /** Mean of the days since the change before, and of those until the next one. */
  before: number;
  after: number;
  /** How often a series without a change, with the same values, gaps and carry-over, departs as much. */
  p: number;
}

export type ChangePoints =
  | { status: "needs days"; days: number; needed: number }
  | { status: "searched"; points: ChangePoint[] };

/** Units (days, or weeks in long spans) with a value that each side of a change must have. */
const SIDE = 14;
const MOST_POINTS = 3;
/** With it, at most 5 % of simulated series without a change show one (docs/statistics.md). */
const P_LIMIT = 0.03;
const SIMULATIONS = 499;
const RESAMPLES = 199;
/** Above as many days the means of weeks take the place of days. */
const MOST_DAYS = 731;

/** Where the level changed, in the order of time: Pettitt's rank test for one change (Pettitt 1979, Appl Stat 28:126),
 *  with the weights of a two-sample test, applied again to what lies on either side (binary segmentation: Vostrikova
 *  1981, Soviet Math Dokl 24:55), at most `MOST_POINTS`, the clearest first. Its usual p takes days as independent; here
 *  it is the share of simulated series that depart as much. Those are Gaussian AR(1) series given the ranks of the
 *  values that there are, so ties and gaps stay, and one and a half standard errors more carry-over than the estimate. */
export function changePoints(days: readonly Day[]): ChangePoints {
  if (days.length < 2 * SIDE) return { status: "needs days", days: days.length, needed: 2 * SIDE };
  const units = unitsOf(days);
  const random = createRandom(seedOf(days.flatMap((day) => [day.day, moodOf(day)])));
  const cuts: { at: number; p: number }[] = [];
  const open = [{ from: 0, before: units.length }];
  for (let segment = open.shift(); segment; segment = open.shift()) {
    const { from, before } = segment;
    const found = findChange(units.slice(from, before), random);
    if (!found) continue;
    cuts.push({ at: from + found.at, p: found.p });
    open.push({ from, before: from + found.at }, { from: from + found.at, before });
  }
  const clearest = cuts.sort((a, b) => a.p - b.p || a.at - b.at).slice(0, MOST_POINTS);
  const kept = clearest.sort((a, b) => a.at - b.at);
  const ends = [0, ...kept.map(({ at }) => at), units.length];
  return {
    status: "searched",
    points: kept.map(({ at, p }, index) => {
      const left = units.slice(ends[index]!, at);
      const right = units.slice(at, ends[index + 2]!);
      return {
        day: units[at]!.day,
        interval: intervalOf(left, right, random),
        before: meanOf(left.map(({ value }) => value)),
        after: meanOf(right.map(({ value }) => value)),
        p,
      };
    }),
  };
}

/** A day, or a week by its first day, with its value. `place` counts days or weeks, so gaps show. */
interface Unit {
  day: number;
  place: number;
  value: number;
}

function unitsOf(days: readonly Day[]): Unit[] {
  const first = days[0]!.day;
  const last = days.at(-1)!.day;
  if (last - first < MOST_DAYS) {
    return days.map((day) => ({ day: day.day, place: day.day - first, value: moodOf(day) }));
  }
  const values = calendarOf(days, { from: first, to: last });
  return Array.from({ length: Math.ceil(values.length / 7) }, (_, place) => {
    const week = values.slice(7 * place, 7 * place + 7).filter((value) => !Number.isNaN(value));
    return { day: first + 7 * place, place, value: meanOf(week) };
  }).filter(({ value }) => !Number.isNaN(value));
}

/** The place before which the units differ most from those after it, with its p; null where they are too few or all
 *  alike, and as soon as it is known that p is above the limit. */
function findChange(units: readonly Unit[], random: Random): { at: number; p: number } | null {
  if (units.length < 2 * SIDE) return null;
  const sorted = units.map(({ value }) => value).sort((a, b) => a - b);
  if (sorted[0] === sorted.at(-1)) return null;
  const rankOf = ranksOf(sorted);
  const ranks = Float64Array.from(units, ({ value }) => rankOf.get(value)!);
  const { at, departure } = furthestSplit(ranks);
  const carryOver = likelyCarryOver(units, ranks, at);
  const sortedRanks = sorted.map((value) => rankOf.get(value)!);
  let asFar = 1;
  for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
    const simulated = simulatedRanks(units, sortedRanks, carryOver, random);
    if (furthestSplit(simulated).departure >= departure * (1 - 1e-9)) asFar++;
    if (asFar > P_LIMIT * (SIMULATIONS + 1)) return null;
  }
  return { at, p: asFar / (SIMULATIONS + 1) };
}

/** Ranks around 0, equal values sharing the mean of theirs. */
function ranksOf(sorted: readonly number[]): Map<number, number> {
  const ranks = new Map<number, number>();
  for (let from = 0; from < sorted.length; ) {
    let next = from;
    while (next < sorted.length && sorted[next] === sorted[from]) next++;
    ranks.set(sorted[from]!, (from + next - 1) / 2 - (sorted.length - 1) / 2);
    from = next;
  }
  return ranks;
}

function furthestSplit(ranks: Float64Array): { at: number; departure: number } {
  let sum = 0;
  let best = { at: SIDE, departure: -1 };
  for (let at = 1; at <= ranks.length - SIDE; at++) {
    sum += ranks[at - 1]!;
    if (at < SIDE) continue;
    const departure = Math.abs(sum) / Math.sqrt(at * (ranks.length - at));
    if (departure > best.departure) best = { at, departure };
  }
  return best;
}

/** The carry-over around the two levels of a split, so that a change is not taken for one, with what is lost by fitting
 *  them and one and a half standard errors on top. */
function likelyCarryOver(units: readonly Unit[], ranks: Float64Array, at: number): number {
  const levels = [meanOf(ranks.subarray(0, at)), meanOf(ranks.subarray(at))];
  const origin = units[0]!.place;
  const departures = new Float64Array(units.at(-1)!.place - origin + 1).fill(Number.NaN);
  units.forEach(({ place }, index) => {
    departures[place - origin] = ranks[index]! - levels[index < at ? 0 : 1]!;
  });
  const estimate = carryOverOf(departures);
  const lostByFit = (1 + 3 * estimate) / units.length;
  return Math.min(0.9, estimate + lostByFit + 1.5 * Math.sqrt((1 - estimate ** 2) / units.length));
}

function simulatedRanks(
  units: readonly Unit[],
  sortedRanks: readonly number[],
  carryOver: number,
  random: Random,
): Float64Array {
  const states = new Float64Array(units.length);
  let state = gaussian(random);
  units.forEach(({ place }, index) => {
    if (index > 0) {
      const kept = carryOver ** (place - units[index - 1]!.place);
      state = kept * state + Math.sqrt(1 - kept * kept) * gaussian(random);
    }
    states[index] = state;
  });
  const order = Uint32Array.from(states.keys()).sort((a, b) => states[a]! - states[b]!);
  const ranks = new Float64Array(units.length);
  order.forEach((index, place) => {
    ranks[index] = sortedRanks[place]!;
  });
  return ranks;
}

/** Both sides made anew from blocks of their own, and split where they then differ most (after Hušková and Kirch 2008,
 *  J Time Ser Anal 29:947). */
function intervalOf(left: readonly Unit[], right: readonly Unit[], random: Random): [number, number] {
  const units = [...left, ...right];
  const places = Array.from({ length: RESAMPLES }, () => {
    const values = [...resampled(left, random), ...resampled(right, random)];
    const rankOf = ranksOf([...values].sort((a, b) => a - b));
    return furthestSplit(Float64Array.from(values, (value) => rankOf.get(value)!)).at;
  }).sort((a, b) => a - b);
  const cut = Math.floor(0.025 * RESAMPLES);
  return [units[places[cut]!]!.day, units[places[RESAMPLES - 1 - cut]!]!.day];
}

function resampled(units: readonly Unit[], random: Random): number[] {
  const values: number[] = [];
  while (values.length < units.length) {
    const start = random.int(Math.max(1, units.length - BLOCK_DAYS + 1));
    values.push(...units.slice(start, start + BLOCK_DAYS).map(({ value }) => value));
  }
  return values.slice(0, units.length);
}
