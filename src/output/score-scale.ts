import type { Instrument } from "../assessments/instrument.ts";
import type { AssessmentResult } from "../insights/assessments.ts";
import { columnOf, type Scale } from "./interval-bar.ts";
import type { TerminalStyle } from "./terminal-style.ts";

const MOST_COLUMNS = 28;

/** The scores of an instrument over columns. */
export function scaleOf({ score: { min, max } }: Instrument): Scale {
  return { low: min, high: max, columns: Math.min(MOST_COLUMNS, max - min + 1) };
}

/** The limits of the bands over the scale. */
export function scaleHeading(instrument: Instrument, scale: Scale): string {
  const signs = new Array<string>(scale.columns + 2).fill(" ");
  for (const value of [...bandStarts(instrument), instrument.score.max]) {
    const text = String(value);
    const at = Math.min(columnOf(value, scale), scale.columns - text.length);
    if (signs.slice(Math.max(0, at - 1), at + text.length).some((sign) => sign !== " ")) continue;
    for (const [index, sign] of [...text].entries()) signs[at + index] = sign;
  }
  return signs.join("");
}

/** A score between the limits of its bands, and the one before it. */
export function scaleBar(
  result: AssessmentResult,
  before: AssessmentResult | undefined,
  { instrument, scale }: { instrument: Instrument; scale: Scale },
  { glyphs, isAscii }: TerminalStyle,
): string {
  const signs = new Array<string>(scale.columns).fill(glyphs.interval);
  for (const start of bandStarts(instrument)) signs[columnOf(start, scale)] = isAscii ? "+" : "┼";
  signs[0] = glyphs.intervalStart;
  const highest = result.highestScore ?? instrument.score.max;
  const end = columnOf(highest, scale);
  signs.fill(" ", end + 1);
  signs[end] = glyphs.intervalEnd;
  if (before && before.score <= highest) signs[columnOf(before.score, scale)] = glyphs.before;
  signs[columnOf(result.score, scale)] = isAscii ? "*" : glyphs.mean;
  return signs.join("");
}

/** The lowest score and where each further band begins, in rising order. */
function bandStarts({ score, bands }: Instrument): number[] {
  return [...new Set([score.min, ...bands.map(({ from }) => from)])].sort((a, b) => a - b);
}
