import { carryOverOf } from "./carry-over.ts";
import { meanOf } from "./centre.ts";
import { blockFreedom, blockSums, drawBlocks, RESAMPLES } from "./moving-blocks.ts";
import type { Random } from "./random.ts";

/** The standard error of the mean of daily values, NaN where there is none, and its degrees of freedom.
 *  It is that of a moving-block bootstrap or, where that is larger, that of a series in which as much carries over from
 *  day to day as in this one: blocks of a week are too short for moods that last. */
export function errorOfMean(values: Float64Array, random: Random): { error: number; freedom: number } {
  const present = values.filter((value) => !Number.isNaN(value));
  const days = present.length;
  const mean = meanOf(present);
  const departures = values.map((value) => value - mean);
  const carryOver = carryOverOf(departures);
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (days - 1);
  const lasting = (variance * (1 + carryOver)) / (1 - carryOver) / days;
  const blocks = bootstrapVariance(departures, random);
  return { error: Math.sqrt(Math.max(lasting, blocks)), freedom: blockFreedom(values.length) };
}

/** The variance of the mean over resamples. */
function bootstrapVariance(departures: Float64Array, random: Random): number {
  const sums = blockSums(departures.map((value) => (Number.isNaN(value) ? 0 : value)));
  const counts = blockSums(departures.map((value) => (Number.isNaN(value) ? 0 : 1)));
  let total = 0;
  let squares = 0;
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    let count = 0;
    for (const start of drawBlocks(departures.length, random)) {
      sum += sums[start]!;
      count += counts[start]!;
    }
    const mean = count === 0 ? 0 : sum / count;
    total += mean;
    squares += mean * mean;
  }
  return (squares - (total * total) / RESAMPLES) / (RESAMPLES - 1);
}
