import type { TerminalStyle } from "./terminal-style.ts";

/** A scale of values over columns. */
export interface Scale {
  low: number;
  high: number;
  columns: number;
}

/** The column, from 0, at which a value lies; what is beyond the scale lies at its end. */
export function columnOf(value: number, { low, high, columns }: Scale): number {
  const at = Math.round(((value - low) / (high - low)) * (columns - 1));
  return Math.min(columns - 1, Math.max(0, at));
}

/** ├──●──┤ on a scale: an interval around its mean, with an axis where `zero` is said. An end beyond the scale is left
 *  open. */
export function intervalBar(
  { mean, interval }: { mean: number; interval: readonly [number, number] | null },
  scale: Scale,
  { glyphs }: TerminalStyle,
  zero?: number,
): string {
  const signs = new Array<string>(scale.columns).fill(" ");
  if (zero !== undefined) signs[columnOf(zero, scale)] = glyphs.axis;
  if (interval) {
    const [from, to] = interval.map((end) => columnOf(end, scale)) as [number, number];
    for (let at = from; at <= to; at++)
      signs[at] = signs[at] === glyphs.axis ? glyphs.axisCross : glyphs.interval;
    if (interval[0] >= scale.low) signs[from] = glyphs.intervalStart;
    if (interval[1] <= scale.high) signs[to] = glyphs.intervalEnd;
  }
  signs[columnOf(mean, scale)] = glyphs.mean;
  return signs.join("");
}
