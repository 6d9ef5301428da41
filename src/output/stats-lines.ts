import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import type { Span } from "../insights/day.ts";
import { lengthOf } from "../insights/day.ts";
import { ACUTE_CHANGE, type PeriodChange, type Summary } from "../insights/summary.ts";
import type { WeekdayPattern } from "../insights/weekdays.ts";
import { datePartsOf, rangeWords } from "./day-words.ts";
import { distributionLines } from "./distribution.ts";
import { fitLine } from "./fit-line.ts";
import { counted, oneDecimal, percent, shortNumber, signed } from "./number-words.ts";
import { paragraph } from "./paragraph.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";
import { weekdayLines } from "./weekday-lines.ts";

/** What `stats` shows. */
export interface Stats {
  span: Span;
  summary: Summary;
  /** Against the span of the same length before; null where there is none before. */
  change: PeriodChange | null;
  weekdays: WeekdayPattern;
}

const NAME_COLUMNS = 14;

export function statsLines(
  stats: Stats,
  columns: number,
  style: TerminalStyle,
  options: { weekStart: "monday" | "sunday" },
): Line[] {
  const { span, summary, weekdays } = stats;
  if (style.isPlain) return [...plainLines(stats, style), ...weekdayLines(weekdays, columns, style, options)];
  const fact = (name: string, value: readonly Part[]) =>
    paragraph(value, { columns, style, margin: NAME_COLUMNS, first: `  ${name}` });
  return [
    titleLine(span, columns, style),
    style.line(),
    ...(summary.centre ? fact("mean", centreParts(summary.centre, style)) : []),
    ...fact("entries", [coverageWords(summary)]),
    ...(stats.change ? fact("before", [changeWords(stats.change, span)]) : []),
    ...fact("day to day", [instabilityWords(summary)]),
    style.line(),
    ...distributionLines(summary.distribution, columns, style),
    ...(summary.entries > 0 ? [style.line()] : []),
    ...weekdayLines(weekdays, columns, style, options),
    ...paragraph(["A day counts once, by the mean of its entries. Steps are taken as equal."], {
      columns,
      style,
    }),
  ];
}

/** "Mood · 28 Aug to 25 Nov 2026 · 90 days"; where there is no room, without the days. */
export function titleLine(span: Span, columns: number, style: TerminalStyle): Line {
  const range = ` · ${rangeWords(span)}`;
  const length = ` · ${lengthWords(span)}`;
  const room = columns >= `  Mood${range}${length}`.length;
  return fitLine(columns, ["  ", style.bold("Mood"), range, room ? length : ""], style);
}

/** "90 days", and "1 year" where it is whole ones. */
function lengthWords(span: Span): string {
  const [before, last] = [datePartsOf(span.from - 1), datePartsOf(span.to)];
  const years = last.year - before.year;
  const isWhole = years > 0 && last.month === before.month && last.date === before.date;
  return isWhole ? counted(years, "year") : counted(lengthOf(span), "day");
}

function centreParts(
  { mean, median, quartiles }: NonNullable<Summary["centre"]>,
  style: TerminalStyle,
): Part[] {
  return [
    style.bold(oneDecimal(mean)),
    `   median ${shortNumber(median)}   half of the days from ${oneDecimal(quartiles[0])} to ${oneDecimal(quartiles[1])}`,
  ];
}

function coverageWords({ entries, days, spanDays, coverage }: Summary): string {
  return `${entries} on ${days} of ${counted(spanDays, "day")} (${percent(coverage)})`;
}

/** "3.7 in the 90 days before that: −0.5 (95 % CI −1.0 to −0.1)", or why there is no such figure. */
export function changeWords(change: PeriodChange, span: Span): string {
  const before = `the ${counted(lengthOf(span), "day")} before that`;
  if (change.status === "needs days") {
    return `needs ${change.needed} days with entries on either side; there are ${change.days}, and ${change.daysBefore} in ${before}`;
  }
  const { meanBefore, difference, interval, cannotTell } = change;
  const range = `${signed(interval[0])} to ${signed(interval[1])}`;
  return cannotTell
    ? `${oneDecimal(meanBefore)} in ${before}: ${signed(difference)} (${range}): can't tell`
    : `${oneDecimal(meanBefore)} in ${before}: ${signed(difference)} (95 % CI ${range})`;
}

function instabilityWords({ instability }: Summary): string {
  if (instability.status === "needs pairs") {
    return `needs ${instability.needed} pairs of days in a row; there are ${instability.pairs}`;
  }
  const { mssd, acuteChanges, pairs } = instability;
  return `${oneDecimal(Math.sqrt(mssd))} steps apart (root mean square); ${ACUTE_CHANGE} or more on ${percent(acuteChanges)} of ${pairs} pairs`;
}

function plainLines({ span, summary, change }: Stats, style: TerminalStyle): Line[] {
  const { centre } = summary;
  const of = summary.distribution.map((count, index) => `${count} ${MOOD_NAMES[index]}`).join(", ");
  return [
    `Mood, ${rangeWords(span, true)}, ${counted(lengthOf(span), "day")}.`,
    ...(centre
      ? [
          `Mean ${oneDecimal(centre.mean)}, median ${shortNumber(centre.median)}, half of the days from ${oneDecimal(centre.quartiles[0])} to ${oneDecimal(centre.quartiles[1])}.`,
        ]
      : []),
    `Entries: ${coverageWords(summary).replace("%", "percent")}.`,
    ...(summary.entries > 0 ? [`Entries by mood: ${of}.`] : []),
    ...(change ? [`Before: ${plainSigns(changeWords(change, span))}.`] : []),
    `From day to day: ${instabilityWords(summary).replace("%", "percent")}.`,
  ].map((line) => style.line(line));
}

/** Words a screen reader reads as they are meant. */
function plainSigns(words: string): string {
  return words
    .replaceAll("−", "minus ")
    .replaceAll("+", "plus ")
    .replaceAll("95 % CI", "95 percent interval")
    .replaceAll(" %", " percent");
}
