import type { Band } from "../../assessments/instrument.ts";
import type { Line, TerminalStyle } from "../terminal-style.ts";

/** Columns between the ends of the axis. */
const AXIS_COLUMNS = 54;
const MARGIN = "  ";

/** A score on its range as an axis with the bands, and the last one where there is one. Without names below it where
 *  there is no room for them. */
export function scoreAxis(
  given: {
    min: number;
    max: number;
    bands: readonly Band[];
    now: number;
    before: number | null;
    hasNames: boolean;
  },
  style: TerminalStyle,
): Line[] {
  const { min, max, bands, now, before, hasNames } = given;
  const { glyphs } = style;
  const place = (score: number) => Math.round(((score - min) * AXIS_COLUMNS) / (max - min));
  const starts = bands.map(({ from }) => from).filter((from) => from > min);
  const axis = Array.from({ length: AXIS_COLUMNS + 1 }, () => glyphs.interval);
  for (const start of starts) axis[place(start)] = glyphs.axisCross;
  axis[0] = glyphs.intervalStart;
  axis[AXIS_COLUMNS] = glyphs.intervalEnd;
  if (before !== null) axis[place(before)] = glyphs.before;
  axis[place(now)] = glyphs.day;
  const figures = [min, ...starts].map((score) => ({ at: place(score), text: String(score) }));
  const last = { at: AXIS_COLUMNS + 1 - String(max).length, text: String(max) };
  const names = bands.map(({ from, severity, short }) => ({
    at: from > min ? place(from) : 0,
    text: short ?? severity,
  }));
  return [
    style.line(MARGIN, style.dim(texts([...figures, last]))),
    style.line(MARGIN, axis.join("")),
    ...(hasNames && bands.length > 0 ? [style.line(MARGIN, style.dim(texts(names)))] : []),
  ];
}

/** Texts at their columns; where one reaches into the next, that gives way by a blank. */
function texts(placed: readonly { at: number; text: string }[]): string {
  return placed.reduce((line, { at, text }) => {
    const start = line === "" ? at : Math.max(at, line.length + 1);
    return line.padEnd(start) + text;
  }, "");
}
