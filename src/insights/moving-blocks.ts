import type { Random } from "./random.ts";

/** Days that are drawn together, so that a resample keeps how a day follows from the ones before it, and has each
 *  weekday as often (Künsch 1989, Ann Stat 17:1217; Lahiri 2003, Resampling Methods for Dependent Data). */
export const BLOCK_DAYS = 7;

/** How many resamples an interval is made of. */
export const RESAMPLES = 1000;

/** The first days, from 0, of the blocks of one resample: as many blocks as cover `days` days, gaps among them. */
export function drawBlocks(days: number, random: Random): number[] {
  const starts = Math.max(1, days - BLOCK_DAYS + 1);
  return Array.from({ length: Math.ceil(days / BLOCK_DAYS) }, () => random.int(starts));
}

/** The sum over each block of days, by the day it begins on. */
export function blockSums(series: Float64Array): Float64Array {
  const starts = Math.max(1, series.length - BLOCK_DAYS + 1);
  return Float64Array.from({ length: starts }, (_, start) => {
    let sum = 0;
    for (let at = start; at < Math.min(series.length, start + BLOCK_DAYS); at++) sum += series[at]!;
    return sum;
  });
}

/** Degrees of freedom of an error that blocks which overlap give: they are worth half as much again as ones that do not
 *  (Künsch 1989, the variance of the estimate is two thirds). */
export function blockFreedom(days: number): number {
  return Math.max(2, (1.5 * days) / BLOCK_DAYS);
}
