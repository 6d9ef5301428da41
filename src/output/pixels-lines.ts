import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { meanOf } from "../insights/centre.ts";
import { type Day, lengthOf, moodOf, type Span } from "../insights/day.ts";
import { datePartsOf, monthName, monthRangeWords } from "./day-words.ts";
import { fitLine } from "./fit-line.ts";
import { type Month, monthsOf } from "./months-of.ts";
import { counted, oneDecimal } from "./number-words.ts";
import { type Level, levelOf } from "./palette.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";

/** What `pixels` shows: whole months, which may go on after the last day that has been. */
export interface Pixels {
  span: Span;
  days: readonly Day[];
}

const COLUMNS_FOR_SUMS = 52;
const COLUMNS_FOR_TWO = 80;
const DAYS_OF_MONTH = 31;

/** A row a month, a cell a day with the digit of its level. */
export function pixelsLines({ span, days }: Pixels, columns: number, style: TerminalStyle): Line[] {
  const byDay = new Map(days.map((day) => [day.day, moodOf(day)]));
  const months = monthsOf(span);
  if (style.isPlain) return plainLines({ span, days }, months, byDay, style);
  const hasSums = columns >= COLUMNS_FOR_SUMS;
  const width = columns >= COLUMNS_FOR_TWO ? 2 : 1;
  const counts = ` · ${days.length} of ${counted(lengthOf(span), "day")}`;
  const title = `A year of days · ${monthRangeWords(span)}`;
  const hasYear = datePartsOf(span.from).year !== datePartsOf(span.to).year && months.length > 12;
  return [
    fitLine(
      columns,
      [
        "  ",
        style.bold(months.length === 12 ? "A year of days" : "Days"),
        ` · ${monthRangeWords(span)}`,
        columns >= `  ${title}${counts}`.length ? counts : "",
      ],
      style,
    ),
    style.line(),
    fitLine(columns, ["      ", style.dim(headingOf(width, hasSums))], style),
    ...months.map((month) => {
      const values = valuesOf(month, byDay);
      const mean = values.length > 0 ? oneDecimal(meanOf(values)) : ` ${style.glyphs.noEntry} `;
      const covered = `${values.length}/${lengthOf(month)}`.padStart(5);
      return fitLine(
        columns,
        [
          "  ",
          hasYear && month.month === 0 ? style.dim(String(month.year).slice(1)) : monthName(month.month),
          " ",
          ...cellsOf(month, byDay, width, style),
          ...(hasSums ? ["  ", mean, "  ", style.dim(covered)] : []),
        ],
        style,
      );
    }),
    style.line(),
    legendLine(columns, style),
  ];
}

function cellsOf(
  month: Month,
  byDay: ReadonlyMap<number, number>,
  width: number,
  style: TerminalStyle,
): Part[] {
  return Array.from({ length: DAYS_OF_MONTH }, (_, at): Part => {
    const day = month.first + at;
    if (at >= month.length || day < month.from || day > month.to) return " ".repeat(width);
    const value = byDay.get(day);
    if (value === undefined) return style.dim(style.glyphs.noEntry.padEnd(width));
    const level = levelOf(value);
    return style.fill(level, String(level).padEnd(width));
  });
}

function headingOf(width: number, hasSums: boolean): string {
  const signs = new Array<string>(DAYS_OF_MONTH * width).fill(" ");
  for (const date of [1, 5, 10, 15, 20, 25, 30]) {
    for (const [index, digit] of [...String(date)].entries()) signs[(date - 1) * width + index] = digit;
  }
  return `${signs.join("")}${hasSums ? "  mean  days" : ""}`.trimEnd();
}

/** What the digits and the sign of a day without an entry mean. */
export function legendLine(columns: number, style: TerminalStyle): Line {
  const levels = MOOD_NAMES.flatMap((name, index): Part[] => {
    const level = (index + 1) as Level;
    const chip = style.hasColour ? style.fill(level, `${level} `) : `${level}`;
    return [chip, columns < 60 ? "  " : ` ${name}  `];
  });
  return fitLine(
    columns,
    ["  ", ...levels, `${style.glyphs.noEntry} ${columns < 60 ? "none" : "no entry"}`],
    style,
  );
}

function valuesOf({ from, to }: Span, byDay: ReadonlyMap<number, number>): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => byDay.get(from + at)).filter(
    (value) => value !== undefined,
  );
}

function plainLines(
  { span, days }: Pixels,
  months: readonly Month[],
  byDay: ReadonlyMap<number, number>,
  style: TerminalStyle,
): Line[] {
  return [
    `${monthRangeWords(span, true)}. ${days.length} of ${counted(lengthOf(span), "day")} have entries.`,
    ...months.map((month) => {
      const name = monthRangeWords(month, true);
      const values = valuesOf(month, byDay);
      if (values.length === 0) return `${name}: no entry.`;
      const mean = oneDecimal(meanOf(values));
      const levels = MOOD_NAMES.map(
        (word, index) => `${values.filter((value) => levelOf(value) === index + 1).length} ${word}`,
      );
      return `${name}: mean ${mean} on ${values.length} of ${counted(lengthOf(month), "day")}. ${levels.join(", ")}.${emptyDays(month, byDay)}`;
    }),
  ].map((line) => style.line(line));
}

/** " No entry: 3, 5 and 7 December." */
function emptyDays(month: Month, byDay: ReadonlyMap<number, number>): string {
  const dates = Array.from({ length: lengthOf(month) }, (_, at) => month.from + at)
    .filter((day) => !byDay.has(day))
    .map((day) => String(datePartsOf(day).date));
  const last = dates.pop();
  if (last === undefined) return "";
  const before = dates.length > 0 ? `${dates.join(", ")} and ` : "";
  return ` No entry: ${before}${last} ${monthName(month.month, true)}.`;
}
