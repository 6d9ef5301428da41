import { meanOf } from "../insights/centre.ts";
import type { ChangePoint } from "../insights/change-points.ts";
import {
  type Day,
  daysWithin,
  firstDayOfWeek,
  lengthOf,
  moodOf,
  type Span,
  weekdayOf,
} from "../insights/day.ts";
import type { PeriodChange, Summary } from "../insights/summary.ts";
import { DAYS_FOR_LINE, MONTH, type Window } from "../insights/trend.ts";
import type { WeekdayPattern } from "../insights/weekdays.ts";
import { beside } from "./beside.ts";
import { datePartsOf, dayWords, LONG_WEEKDAY_NAMES, monthRangeWords, rangeWords } from "./day-words.ts";
import { fitLine, widthOf } from "./fit-line.ts";
import { monthsOf } from "./months-of.ts";
import { counted, oneDecimal, percent, shortNumber, signed } from "./number-words.ts";
import { paragraph } from "./paragraph.ts";
import { titleLine } from "./stats-lines.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";
import { changeSign, isCrowdedChart, MARGIN, trendChart } from "./trend-chart.ts";
import { weekdayLines } from "./weekday-lines.ts";

/** What `chart` shows. */
export interface Trend {
  span: Span;
  days: readonly Day[];
  summary: Summary;
  window: Window;
  /** The running mean for each day of the span, NaN where it breaks. */
  means: Float64Array;
  changes: readonly ChangePoint[];
}

/** From as many columns on the weekdays stand beside the chart, which then is as wide as on 80. */
const COLUMNS_FOR_WEEKDAYS = 116;
const CHART_COLUMNS = 80;

/** The chart with its figures and what its signs mean; at its right `weekdays`, where there is room. */
export function chartLines(
  trend: Trend,
  columns: number,
  style: TerminalStyle,
  options: {
    weekStart: "monday" | "sunday";
    weekdays: () => WeekdayPattern;
    /** Against the span of the same length before; null where that is not said. */
    change?: PeriodChange | null;
  },
): Line[] {
  const { weekStart, weekdays, change = null } = options;
  if (style.isPlain) return plainLines(trend, style, weekStart);
  const head = headLines({ ...trend, change }, columns, style);
  if (columns < COLUMNS_FOR_WEEKDAYS) return [...head, ...drawnLines(trend, columns, style, weekStart)];
  const drawn = drawnLines(trend, CHART_COLUMNS, style, weekStart);
  const column = CHART_COLUMNS - MARGIN;
  return [
    ...head,
    ...(columns === Number.POSITIVE_INFINITY
      ? drawn
      : beside(drawn, weekdayLines(weekdays(), columns - column, style, { weekStart }), column)),
  ];
}

function headLines(
  { span, summary, change }: Trend & { change: PeriodChange | null },
  columns: number,
  style: TerminalStyle,
): Line[] {
  return [
    titleLine(span, columns, style),
    fitLine(columns, ["  ", ...figures(summary, change, columns, style)], style),
    style.line(),
  ];
}

function drawnLines(
  trend: Trend,
  columns: number,
  style: TerminalStyle,
  weekStart: "monday" | "sunday",
): Line[] {
  const { span, days, means, changes } = trend;
  return [
    ...trendChart({ span, days, means, changes: changes.map(({ day }) => day) }, columns, style, weekStart),
    style.line(),
    ...legend(trend, columns, style),
    ...changes.flatMap((change) =>
      paragraph([`${changeSign(style)} ${changePointWords(change, span)}`], { columns, style }),
    ),
  ];
}

/** The figures of a span in a row. What it is against the span before takes the place of the median, and then goes, where
 *  there is no room for both. */
function figures(
  { centre, days, spanDays, coverage, entries }: Summary,
  change: PeriodChange | null,
  columns: number,
  style: TerminalStyle,
): Part[] {
  const covered = `${days} of ${counted(spanDays, "day")} (${percent(coverage)})`;
  if (!centre) return [covered];
  const mean: Part[] = ["mean ", style.bold(oneDecimal(centre.mean))];
  const median = ` · median ${shortNumber(centre.median)}`;
  const against =
    change?.status === "compared" ? [CI, ""].map((name) => againstBefore(change, spanDays, name)) : [];
  const alone =
    columns < 60 ? ` · ${covered}` : `${median} · ${covered} · ${counted(entries, "entry", "entries")}`;
  const ways = [median, ""].flatMap((words) => against.map((before) => `${words} · ${covered} · ${before}`));
  const fits = (words: string) => widthOf([...mean, words], style) <= columns - 2 * MARGIN;
  return [...mean, ways.find(fits) ?? alone];
}

const CI = "95 % CI ";

/** "−0.5 against the 90 before (95 % CI −1.0 to −0.1)". */
function againstBefore(
  { difference, interval, cannotTell }: PeriodChange & { status: "compared" },
  days: number,
  name: string,
): string {
  const against = `${signed(difference)} against the ${days} before`;
  const range = `${signed(interval[0])} to ${signed(interval[1])}`;
  return cannotTell ? `${against} (${range}): can't tell` : `${against} (${name}${range})`;
}

function legend(trend: Trend, columns: number, style: TerminalStyle): Line[] {
  if (trend.days.length < DAYS_FOR_LINE) {
    return paragraph([fewDays(trend.days.length)], { columns, style });
  }
  const { day } = style.glyphs;
  const stroke = { full: "⠤⠒⠊", blocks: "▄▀", ascii: "--" }[style.alphabet];
  const mean = `${stroke} ${trend.window.days}-day mean`;
  if (columns < 60) return [fitLine(columns, [`  ${day} day  ${mean}`], style)];
  const dots: Part[] = isCrowdedChart(trend.span, columns)
    ? [`${style.isAscii ? "." : "•"} 1 or 2 days at that level   ${day} more`]
    : [`${day} a day`];
  const rule = trend.window.days === 7 ? `, from ${trend.window.needed} of ${trend.window.days} days` : "";
  const parts = [...dots, `   ${mean}${rule}   axis open: no entry`];
  const isOneLine = MARGIN + widthOf(parts, style) <= columns;
  return isOneLine
    ? [fitLine(columns, [" ".repeat(MARGIN), ...parts], style)]
    : paragraph(parts, { columns, style });
}

export function fewDays(days: number): string {
  return `${DAYS_FOR_LINE} days with entries make a line; there ${days === 1 ? "is" : "are"} ${days}.`;
}

/** "about 20 Sep (14 Sep to 24 Sep), from 3.8 to 2.4". */
export function changePointWords(
  { day, interval, before, after }: ChangePoint,
  span: Span,
  isLong = false,
): string {
  const { year } = datePartsOf(span.to);
  const [from, to] = interval.map((end) => dayWords(end, { year, isLong })) as [string, string];
  return `about ${dayWords(day, { year, isLong })} (${from} to ${to}), from ${oneDecimal(before)} to ${oneDecimal(after)}`;
}

/** A fact a line: the span, then each week of it, or each month of a long one. */
function plainLines(trend: Trend, style: TerminalStyle, weekStart: "monday" | "sunday"): Line[] {
  const { span, days, summary, changes } = trend;
  const mean = summary.centre ? `mean ${oneDecimal(summary.centre.mean)} on ` : "";
  const lines = [
    `Mood, ${rangeWords(span, true)}: ${mean}${summary.days} of ${counted(summary.spanDays, "day")}.`,
    ...(days.length < DAYS_FOR_LINE ? [fewDays(days.length)] : []),
    ...partsOf(trend, weekStart).map(({ name, part }) => {
      const within = daysWithin(days, part);
      if (within.length === 0) return `${name}: no entry.`;
      return `${name}: mean ${oneDecimal(meanOf(within.map(moodOf)))}, ${within.length} of ${counted(lengthOf(part), "day")}.`;
    }),
    ...changes.map((change) => `The level changed ${changePointWords(change, span, true)}.`),
  ];
  return lines.map((line) => style.line(line));
}

/** The weeks of a span, or the months where the line is that of a month. */
function partsOf({ span, window }: Trend, weekStart: "monday" | "sunday"): { name: string; part: Span }[] {
  if (window === MONTH) {
    return monthsOf(span).map((part) => ({ name: monthRangeWords(part, true), part }));
  }
  return weeksOf(span, weekStart).map((part) => {
    const first = firstDayOfWeek(part.from, weekStart);
    return {
      name: `Week from ${LONG_WEEKDAY_NAMES[weekdayOf(first)]} ${dayWords(first, { isLong: true })}`,
      part,
    };
  });
}

/** The weeks of a span; the first and the last may be shorter. */
function weeksOf(span: Span, weekStart: "monday" | "sunday"): Span[] {
  const weeks: Span[] = [];
  for (let from = span.from; from <= span.to; ) {
    const to = Math.min(span.to, firstDayOfWeek(from, weekStart) + 6);
    weeks.push({ from, to });
    from = to + 1;
  }
  return weeks;
}
