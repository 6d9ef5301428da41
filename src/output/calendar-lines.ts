import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { meanOf } from "../insights/centre.ts";
import { type Day, firstDayOfWeek, lengthOf, moodOf, type Span } from "../insights/day.ts";
import { datePartsOf, dayWords, monthRangeWords, WEEKDAY_NAMES } from "./day-words.ts";
import { fitLine } from "./fit-line.ts";
import { counted, oneDecimal } from "./number-words.ts";
import { BARS, levelOf } from "./palette.ts";
import { paragraph } from "./paragraph.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";
import { inWeek } from "./weekday-lines.ts";

/** What `calendar` shows: a month. */
export interface CalendarMonth {
  /** The whole month. */
  month: Span;
  /** Its days until today. */
  span: Span;
  days: readonly Day[];
  /** Labels of the activities with the number of days that name them, most first. */
  activities: readonly { label: string; days: number }[];
}

const MOST_ACTIVITIES = 3;
const COLUMNS_FOR_WIDE = 74;
const COLUMNS_FOR_WORDS = 58;

/** The month as chips of two rows, the date and the level of the day; where there is no room, as a chip beside its date. */
export function calendarLines(
  shown: CalendarMonth,
  columns: number,
  style: TerminalStyle,
  { weekStart }: { weekStart: "monday" | "sunday" },
): Line[] {
  const { month } = shown;
  if (style.isPlain) return plainLines(shown, style);
  const values = new Map(shown.days.map((day) => [day.day, moodOf(day)]));
  const cell = columns >= COLUMNS_FOR_WIDE ? 10 : columns >= COLUMNS_FOR_WORDS ? 8 : 5;
  const heading = inWeek(WEEKDAY_NAMES, weekStart).map((name) =>
    (cell === 5 ? ` ${name.slice(0, 2)}` : cell === 10 ? ` ${name}` : name).padEnd(cell),
  );
  const weeks: Line[] = [];
  for (let monday = firstDayOfWeek(month.from, weekStart); monday <= month.to; monday += 7) {
    const days = Array.from({ length: 7 }, (_, at) => monday + at);
    weeks.push(...weekLines(days, shown, values, cell, columns, style));
  }
  if (cell > 5) weeks.pop();
  return [
    fitLine(columns, ["  ", style.bold(monthRangeWords(month, true))], style),
    style.line(),
    fitLine(columns, ["  ", style.dim(heading.join(""))], style),
    ...weeks,
    style.line(),
    ...paragraph(footer(shown), { columns, style }),
  ];
}

function weekLines(
  days: readonly number[],
  { month, span }: CalendarMonth,
  values: ReadonlyMap<number, number>,
  cell: number,
  columns: number,
  style: TerminalStyle,
): Line[] {
  const isIn = (day: number) => day >= month.from && day <= month.to;
  const date = (day: number) => String(datePartsOf(day).date);
  const empty = (day: number) => (day > span.to ? " " : style.glyphs.noEntry);
  if (cell === 5) {
    const cells = days.flatMap((day): Part[] => {
      if (!isIn(day)) return ["     "];
      const value = values.get(day);
      const start = style.dim(date(day).padStart(style.hasColour ? 3 : 2));
      if (value === undefined) return [start, `${style.hasColour ? "" : " "}${empty(day)} `];
      const level = levelOf(value);
      // The blank of the chip keeps the digit of the level from those of the date.
      if (style.hasColour) return [start, style.fill(level, ` ${level}`)];
      // Beside the digits of the date that of the level needs a sign between.
      return [start, `${style.isAscii ? "=" : BARS[level - 1]!}${level} `];
    });
    return [fitLine(columns, ["  ", ...cells], style)];
  }
  const inset = cell === 10 ? " " : "";
  const width = cell - 1;
  const rows = [0, 1].map((row) =>
    days.flatMap((day): Part[] => {
      const value = values.get(day);
      if (!isIn(day)) return [" ".repeat(cell)];
      if (value === undefined) {
        return [style.dim(`${inset}${row === 0 ? date(day) : empty(day)}`.padEnd(cell))];
      }
      const level = levelOf(value);
      const bar = style.hasColour || style.isAscii ? "" : ` ${BARS[level - 1]!.repeat(3)}`;
      const text = row === 0 ? `${date(day)}${bar}` : `${level} ${MOOD_NAMES[level - 1]}`;
      const chip = style.fill(level, `${inset}${text}`.padEnd(width));
      return [row === 1 && style.hasColour ? style.bold(chip) : chip, " "];
    }),
  );
  return [...rows.map((cells) => fitLine(columns, ["  ", ...cells], style)), style.line()];
}

function footer({ span, days, activities }: CalendarMonth): Part[] {
  const coverage = `${days.length} of ${counted(lengthOf(span), "day")}`;
  if (days.length === 0) return [coverage];
  const mean = meanOf(days.map(moodOf));
  const named = activities
    .slice(0, MOST_ACTIVITIES)
    .flatMap(({ label, days: count }, index): Part[] => [
      `${index === 0 ? " · " : ", "}${count} with `,
      verbatim(label),
    ]);
  return [`mean ${oneDecimal(mean)} · ${coverage}`, ...named];
}

function plainLines(shown: CalendarMonth, style: TerminalStyle): Line[] {
  const { month, span, days } = shown;
  const mean = days.length === 0 ? null : meanOf(days.map(moodOf));
  const values = new Map(days.map((day) => [day.day, moodOf(day)]));
  const named = shown.activities
    .slice(0, MOST_ACTIVITIES)
    .flatMap(({ label, days: count }, index): Part[] => [
      `${index === 0 ? "" : ", "}${count} with `,
      verbatim(label),
    ]);
  return [
    style.line(
      `${monthRangeWords(month, true)}: ${mean === null ? "" : `mean ${oneDecimal(mean)} on `}${days.length} of ${counted(lengthOf(span), "day")}.`,
    ),
    ...Array.from({ length: lengthOf(span) }, (_, at) => {
      const value = values.get(span.from + at);
      const words = value === undefined ? "no entry" : `${levelOf(value)} ${MOOD_NAMES[levelOf(value) - 1]}`;
      return style.line(`${dayWords(span.from + at, { isLong: true })}: ${words}.`);
    }),
    ...(named.length > 0 ? [style.line(...named, ".")] : []),
  ];
}
