import type { ActivityComparison, ActivityDifference, ActivityFigures } from "../insights/activities.ts";
import { needsWords, TIED } from "./activity-words.ts";
import { fitLine, padParts } from "./fit-line.ts";
import { columnOf, intervalBar, type Scale } from "./interval-bar.ts";
import { signed } from "./number-words.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** How wide the parts of a row are. */
interface Widths {
  name: number;
  bar: number;
  /** "19 of 82", or "19" alone. */
  days: "of all" | "alone";
  dayColumns: number;
  interval: "words" | "short" | "none";
}

/** A row an activity: its name, its days, and its difference as a figure and on a scale; or what it waits for. */
export function activityTable(comparison: ActivityComparison, columns: number, style: TerminalStyle): Line[] {
  const widths = widthsFor(columns, comparison);
  const scale = scaleFor(comparison.figures, widths.bar);
  return [
    headingLine(widths, scale, columns, style),
    ...comparison.figures.map((one) => rowOf(one, comparison, widths, scale, columns, style)),
  ];
}

function widthsFor(columns: number, { figures, days }: ActivityComparison): Widths {
  const counts = figures.map(({ daysWith }) => countOf(daysWith, days).length);
  const dayColumns = Math.max(8, ...counts);
  if (columns < 60) return { name: 10, bar: 17, days: "alone", dayColumns, interval: "none" };
  if (columns < 76) return { name: 12, bar: 15, days: "of all", dayColumns, interval: "short" };
  return { name: 12, bar: 29, days: "of all", dayColumns, interval: "words" };
}

/** "19 of 82". */
function countOf(daysWith: number, days: number): string {
  return `${String(daysWith).padStart(2)} of ${days}`;
}

/** As wide as the furthest interval, in whole steps. */
function scaleFor(figures: readonly ActivityFigures[], columns: number): Scale {
  const ends = figures.flatMap(({ result }) => (result.status === "compared" ? result.interval : []));
  const furthest = Math.max(...ends.map(Math.abs));
  const high = furthest <= 1.05 ? 1 : furthest <= 2.05 ? 2 : 4;
  return { low: -high, high, columns };
}

function headingLine(widths: Widths, scale: Scale, columns: number, style: TerminalStyle): Line {
  const { minus } = style.glyphs;
  const wide = ["   lower", "higher   "];
  const ends: [string, string] = [`${minus}${scale.high}`, `+${scale.high}`];
  const side = (scale.columns - 1) / 2;
  const left = `${ends[0]}${widths.bar >= 29 ? wide[0] : ""}`.padEnd(side);
  const right = `${widths.bar >= 29 ? wide[1] : ""}${ends[1]}`.padStart(side + 1);
  const days = widths.days === "of all" ? "days".padEnd(widths.dayColumns) : "days";
  const difference = widths.interval === "words" ? "  difference" : "";
  return fitLine(
    columns,
    ["  ", " ".repeat(widths.name), gapOf(widths), style.dim(`${days} ${left}0${right}${difference}`)],
    style,
  );
}

function rowOf(
  { activity, daysWith, result }: ActivityFigures,
  { days }: ActivityComparison,
  widths: Widths,
  scale: Scale,
  columns: number,
  style: TerminalStyle,
): Line {
  const isBold = result.status === "compared" && result.standsOut;
  const weight = (part: Part) => (isBold ? style.bold(part) : part);
  const name = padParts(widths.name, [verbatim(activity.label)], style).map(weight);
  const count =
    widths.days === "of all"
      ? countOf(daysWith, days).padEnd(widths.dayColumns)
      : String(daysWith).padStart(4);
  const start: Part[] = ["  ", ...name, gapOf(widths), count, " "];
  if (result.status !== "compared") {
    const words = result.status === "needs days" ? needsWords(result) : TIED;
    if (widths.bar < 29) return fitLine(columns, [...start, words], style);
    return fitLine(
      columns,
      [...start, " ".repeat(columnOf(0, scale)), style.glyphs.axis, ` ${words}`],
      style,
    );
  }
  const bar = intervalBar({ mean: result.difference, interval: result.interval }, scale, style, 0);
  return fitLine(
    columns,
    [
      ...start,
      weight(bar),
      columns < 60 ? " " : "  ",
      weight(signed(result.difference).padStart(4).padEnd(5)),
      ...intervalPart(result, widths, style),
    ],
    style,
  );
}

/** Between a name and its days; where they stand alone there is room within their columns. */
function gapOf({ days }: Widths): string {
  return days === "alone" ? "" : " ";
}

function intervalPart(
  { interval }: ActivityDifference,
  { interval: form }: Widths,
  style: TerminalStyle,
): Part[] {
  const [low, high] = interval.map(signed) as [string, string];
  if (form === "none") return [];
  return [" ", style.dim(form === "short" ? `(${low} ${high})` : `(${low} to ${high})`)];
}
