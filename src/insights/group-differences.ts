import { carryOverOf, createWhitening } from "./carry-over.ts";
import { BLOCK_DAYS, blockSums, drawBlocks, RESAMPLES } from "./moving-blocks.ts";
import type { Random } from "./random.ts";

/** Values day by day, NaN where there is none, and for each group which of the days are in it. */
export interface GroupedDays {
  values: Float64Array;
  groups: readonly Uint8Array[];
}

export interface GroupDifference {
  /** Days in the group less the others, as if both had the same weekdays and followed on the same days. NaN where the
   *  weekdays alone say which days are in the group. */
  difference: number;
  /** Its standard error: that of a moving-block bootstrap or, where it is larger, that of the fit itself. Either alone
   *  comes out too small now and then, and many comparisons would find those. */
  error: number;
}

const WEEKDAYS = 7;

/** The difference for each group: the coefficient of the group in a generalised least-squares fit with a term for each
 *  weekday and errors that carry over from day to day. A step each group, because all of them take long. */
export function* groupDifferenceSteps(
  { values, groups }: GroupedDays,
  random: Random,
): Generator<void, GroupDifference[]> {
  const carryOver = carryOverOf(departuresFromWeekday(values));
  const whitened = createWhitening(values, carryOver);
  const basis = orthonormal(
    Array.from({ length: WEEKDAYS }, (_, weekday) =>
      whitened(Float64Array.from(values, (_, at) => (at % WEEKDAYS === weekday ? 1 : 0))),
    ),
  );
  const outcome = without(basis, whitened(values));
  const present = Array.from(values.keys()).filter((at) => !Number.isNaN(values[at]!));
  const parts: { products: Float64Array; squares: Float64Array }[] = [];
  for (const group of groups) {
    yield;
    const member = without(basis, whitened(group));
    const products = new Float64Array(values.length);
    const squares = new Float64Array(values.length);
    present.forEach((at, index) => {
      products[at] = member[index]! * outcome[index]!;
      squares[at] = member[index]! ** 2;
    });
    parts.push({ products, squares });
  }
  yield;
  const resamples = Array.from({ length: RESAMPLES }, () => drawBlocks(values.length, random));
  const blocks = values.length / BLOCK_DAYS;
  const correction =
    (blocks / (blocks - 1)) * (present.length / Math.max(1, present.length - basis.length - 1));
  const differences: GroupDifference[] = [];
  for (const part of parts) {
    yield;
    const products = blockSums(part.products);
    const squares = blockSums(part.squares);
    const spread = sum(part.squares);
    if (spread < 1e-9) {
      differences.push({ difference: Number.NaN, error: Number.NaN });
      continue;
    }
    const difference = sum(part.products) / spread;
    let total = 0;
    let totalSquares = 0;
    for (const starts of resamples) {
      let product = 0;
      let square = 0;
      for (const start of starts) {
        product += products[start]!;
        square += squares[start]!;
      }
      const offset = square < 1e-9 ? 0 : product / square - difference;
      total += offset;
      totalSquares += offset * offset;
    }
    const variance = (totalSquares - total ** 2 / RESAMPLES) / (RESAMPLES - 1);
    const unexplained = dot(outcome, outcome) - difference ** 2 * spread;
    const modelVariance = unexplained / (present.length - basis.length - 1) / spread;
    differences.push({ difference, error: Math.sqrt(Math.max(variance * correction, modelVariance)) });
  }
  return differences;
}

function departuresFromWeekday(values: Float64Array): Float64Array {
  const means = Array.from({ length: WEEKDAYS }, (_, weekday) => {
    const own = values.filter((value, at) => at % WEEKDAYS === weekday && !Number.isNaN(value));
    return sum(own) / own.length;
  });
  return values.map((value, at) => value - means[at % WEEKDAYS]!);
}

/** Gram and Schmidt; a column that follows from the ones before it is left out. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = without(basis, column);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** What is left of a column without its parts along the basis. */
function without(basis: readonly Float64Array[], column: Float64Array): Float64Array {
  const rest = column.slice();
  for (const direction of basis) {
    const along = dot(direction, rest);
    for (let at = 0; at < rest.length; at++) rest[at]! -= along * direction[at]!;
  }
  return rest;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += a[at]! * b[at]!;
  return total;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
}
