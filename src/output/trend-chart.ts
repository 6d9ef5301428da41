import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { type Day, firstDayOfWeek, lengthOf, moodOf, type Span } from "../insights/day.ts";
import { datePartsOf, dayWords, monthName } from "./day-words.ts";
import { fitLine } from "./fit-line.ts";
import { createLineCanvas } from "./line-canvas.ts";
import { type Level, levelOf } from "./palette.ts";
import type { Cell, Line, Part, TerminalStyle } from "./terminal-style.ts";

/** What a chart draws. */
export interface TrendChart {
  span: Span;
  /** The days of the span with entries, in their order. */
  days: readonly Day[];
  /** The running mean for each day of the span, NaN where it breaks. */
  means: Float64Array;
  /** First days of new levels. */
  changes: readonly number[];
}

/** Columns that are left free on either side. */
export const MARGIN = 2;
/** Rows: the five levels, and the half steps between them. */
const ROWS = 9;
/** From as many columns on the levels have their names. */
const COLUMNS_FOR_NAMES = 76;

/** How the days lie on the columns of a chart. */
interface Grid {
  columns: number;
  daysPerColumn: number;
  columnOf(day: number): number;
}

/** The days as dots at their values, and the running mean as a line. While a column holds a day, a dot hides the line;
 *  where it holds more than one and a half, dots stand on whole levels, small for one or two days, and the line hides
 *  them. The axis is open where there is no entry. */
export function trendChart(
  chart: TrendChart,
  columns: number,
  style: TerminalStyle,
  weekStart: "monday" | "sunday",
): Line[] {
  const hasNames = columns >= COLUMNS_FOR_NAMES;
  const room = columns - MARGIN - prefixWidth(hasNames) - MARGIN;
  const grid = gridOf(chart.span, room);
  const isCrowded = grid.daysPerColumn > 1.5;
  const dots = isCrowded ? crowdedDots(chart, grid, style) : dayDots(chart, grid, style);
  const line = meanLine(chart, grid, style);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const cells = Array.from({ length: grid.columns }, (_, column): Part => {
      const dot = dots.get(row * grid.columns + column);
      const stroke = line[row]![column]!;
      if (style.isAscii && dot && stroke !== " ") return "@";
      return isCrowded && stroke !== " " ? stroke : (dot ?? stroke);
    });
    return fitLine(columns, [...prefixOf(row, hasNames, style), ...cells], style);
  });
  return [...rows, ...axisLines(chart, grid, hasNames, columns, style, weekStart)];
}

/** Whether a chart of that width draws several days as one dot. */
export function isCrowdedChart(span: Span, columns: number): boolean {
  const room = columns - 2 * MARGIN - prefixWidth(columns >= COLUMNS_FOR_NAMES);
  return gridOf(span, room).daysPerColumn > 1.5;
}

function prefixWidth(hasNames: boolean): number {
  return hasNames ? 10 : 4;
}

function gridOf(span: Span, room: number): Grid {
  const days = lengthOf(span);
  const columns = days * 2 <= room ? days * 2 : Math.min(days, Math.max(1, room));
  return {
    columns,
    daysPerColumn: days / columns,
    columnOf: (day) => Math.floor(((day - span.from) * columns) / days),
  };
}

/** The level at the left of a row, or the axis alone. */
function prefixOf(
  row: number,
  hasNames: boolean,
  { bold, fill, hasColour, dim, isAscii }: TerminalStyle,
): Part[] {
  const axis = dim(isAscii ? "|" : row % 2 === 0 ? "┤" : "│");
  if (row % 2 === 1) return [" ".repeat(MARGIN + prefixWidth(hasNames) - 1), axis];
  const level = (5 - row / 2) as Level;
  const digit = hasColour ? fill(level, ` ${level} `) : bold(` ${level} `);
  return [" ".repeat(MARGIN), hasNames ? MOOD_NAMES[level - 1]!.padEnd(6) : "", digit, axis];
}

function rowOf(value: number): number {
  return Math.round((5 - value) * 2);
}

function dayDots({ days }: TrendChart, { columns, columnOf }: Grid, style: TerminalStyle): Map<number, Cell> {
  return new Map(
    days.map((day) => {
      const value = moodOf(day);
      return [rowOf(value) * columns + columnOf(day.day), style.mark(levelOf(value), style.glyphs.day)];
    }),
  );
}

/** By whole level: one or two days, or more. */
function crowdedDots(
  { days }: TrendChart,
  { columns, columnOf }: Grid,
  style: TerminalStyle,
): Map<number, Cell> {
  const counts = new Map<number, number>();
  for (const day of days) {
    const at = rowOf(levelOf(moodOf(day))) * columns + columnOf(day.day);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const small = style.isAscii ? "." : "•";
  return new Map(
    [...counts].map(([at, count]) => {
      const level = (5 - Math.floor(at / columns) / 2) as Level;
      return [at, style.mark(level, count > 2 ? style.glyphs.day : small)];
    }),
  );
}

function meanLine({ span, means }: TrendChart, grid: Grid, style: TerminalStyle): string[][] {
  const canvas = createLineCanvas({ rows: ROWS, columns: grid.columns, alphabet: style.alphabet });
  const days = lengthOf(span);
  const xOf = (at: number) => ((at + 0.5) / days) * canvas.width - 0.5;
  const yOf = (value: number) => ((5 - value) * 2 + 0.5) * (canvas.height / ROWS) - 0.5;
  for (let at = 0; at < days; at++) {
    const mean = means[at]!;
    if (Number.isNaN(mean)) continue;
    const next = at + 1 < days ? means[at + 1]! : Number.NaN;
    if (Number.isNaN(next)) canvas.point(xOf(at), yOf(mean));
    else canvas.stroke({ x: xOf(at), y: yOf(mean) }, { x: xOf(at + 1), y: yOf(next) });
  }
  return canvas.cells();
}

function axisLines(
  chart: TrendChart,
  grid: Grid,
  hasNames: boolean,
  columns: number,
  style: TerminalStyle,
  weekStart: "monday" | "sunday",
): Line[] {
  const left = " ".repeat(MARGIN + prefixWidth(hasNames) - 1);
  const axis = new Array<string>(grid.columns).fill(" ");
  for (const { day } of chart.days) {
    const [from, before] = [grid.columnOf(day), grid.columnOf(day + 1)];
    for (let at = from; at < Math.max(before, from + 1); at++) axis[at] = style.isAscii ? "-" : "─";
  }
  const labels = new Array<string>(grid.columns + 8).fill(" ");
  let free = 0;
  for (const { day, text } of ticksOf(chart.span, weekStart)) {
    const at = grid.columnOf(day);
    if (at < free || at + text.length > grid.columns + 2) continue;
    axis[at] = style.isAscii ? "+" : "┬";
    for (const [index, sign] of [...text].entries()) labels[at + index] = sign;
    free = at + text.length + 2;
  }
  for (const day of chart.changes) axis[grid.columnOf(day)] = changeSign(style);
  return [
    fitLine(
      columns,
      [left, style.dim(style.isAscii ? "+" : "└"), ...axis.map((sign) => axisCell(sign, style))],
      style,
    ),
    fitLine(columns, [left, " ", style.dim(labels.join("").trimEnd())], style),
  ];
}

function axisCell(sign: string, style: TerminalStyle): Part {
  return sign === changeSign(style) ? style.bold(sign) : style.dim(sign);
}

/** What marks the day of a change on the axis. */
export function changeSign({ isAscii }: TerminalStyle): string {
  return isAscii ? "^" : "▲";
}

/** Days with a label below the axis: the first of each week, of each half month, of each month, or of each year. */
function ticksOf(span: Span, weekStart: "monday" | "sunday"): { day: number; text: string }[] {
  const length = lengthOf(span);
  const ticks: { day: number; text: string }[] = [];
  for (let day = span.from; day <= span.to; day++) {
    const { year, month, date } = datePartsOf(day);
    if (length <= 45) {
      if (day === firstDayOfWeek(day, weekStart)) ticks.push({ day, text: dayWords(day) });
    } else if (length <= 120) {
      if (date === 1 || date === 15) ticks.push({ day, text: dayWords(day) });
    } else if (length <= 800) {
      if (date === 1) ticks.push({ day, text: monthName(month) });
    } else if (date === 1 && month === 0) ticks.push({ day, text: String(year) });
  }
  return ticks;
}
