import { meanOf } from "../insights/centre.ts";
import { firstDayOfWeek, moodOf, type Span } from "../insights/day.ts";
import { monthName, WEEKDAY_NAMES } from "./day-words.ts";
import { fitLine } from "./fit-line.ts";
import { monthsOf } from "./months-of.ts";
import { oneDecimal } from "./number-words.ts";
import { levelOf } from "./palette.ts";
import { legendLine, type Pixels } from "./pixels-lines.ts";
import { sparkline } from "./sparkline.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";
import { inWeek } from "./weekday-lines.ts";

const DAYS_OF_WEEK = 7;
/** Columns of the names of weekdays with their margin, and of the sums behind the cells. */
const NAME_COLUMNS = 7;
const NARROW_NAME_COLUMNS = 5;
const SUM_COLUMNS = 15;
const LOWEST_AND_HIGHEST = { min: 1, max: 5 };

/** A year with a row a weekday and a column a week, and the mean of each week below. Where there is no room for them,
 *  without sums. */
export function weeksGrid(
  { span, days }: Pixels,
  columns: number,
  style: TerminalStyle,
  { weekStart }: { weekStart: "monday" | "sunday" },
): Line[] {
  const byDay = new Map(days.map((day) => [day.day, moodOf(day)]));
  const first = firstDayOfWeek(span.from, weekStart);
  const weeks = Array.from(
    { length: Math.ceil((span.to - first + 1) / DAYS_OF_WEEK) },
    (_, week) => first + week * DAYS_OF_WEEK,
  );
  const hasSums = columns >= NAME_COLUMNS + weeks.length + SUM_COLUMNS;
  const nameOf = (long: string, short: string) =>
    `  ${hasSums ? long : short}`.padEnd(hasSums ? NAME_COLUMNS : NARROW_NAME_COLUMNS);
  const rows = inWeek(WEEKDAY_NAMES, weekStart).map((name, row) => {
    const inRow = weeks.map((begin) => begin + row);
    const been = inRow.filter((day) => day >= span.from && day <= span.to);
    const values = been.flatMap((day) => byDay.get(day) ?? []);
    const mean = values.length > 0 ? oneDecimal(meanOf(values)) : ` ${style.glyphs.noEntry} `;
    return fitLine(
      columns,
      [
        nameOf(name, name.slice(0, 2)),
        ...inRow.map((day) => cellOf(day, span, byDay, style)),
        ...(hasSums ? [`   ${mean}   `, style.dim(`${values.length}/${been.length}`.padStart(5))] : []),
      ],
      style,
    );
  });
  const means = weeks.map((begin) => {
    const inWeekOf = Array.from({ length: DAYS_OF_WEEK }, (_, at) => byDay.get(begin + at));
    const values = inWeekOf.filter((value) => value !== undefined);
    return values.length === 0 ? style.glyphs.noEntry : meanSign(meanOf(values), style);
  });
  const heading = monthNames(span, weeks);
  return [
    fitLine(
      columns,
      [nameOf("", ""), style.dim(`${heading.padEnd(weeks.length)}${hasSums ? "   mean   days" : ""}`)],
      style,
    ),
    ...rows,
    fitLine(
      columns,
      [nameOf("week", "wk"), means.join(""), hasSums ? style.dim("   mean of each week") : ""],
      style,
    ),
    style.line(),
    legendLine(columns, style),
  ];
}

function cellOf(day: number, span: Span, byDay: ReadonlyMap<number, number>, style: TerminalStyle): Part {
  if (day < span.from || day > span.to) return " ";
  const value = byDay.get(day);
  if (value === undefined) return style.dim(style.glyphs.noEntry);
  const level = levelOf(value);
  return style.fill(level, String(level));
}

/** A bar, or the digit of the level where there are no bars. */
function meanSign(mean: number, style: TerminalStyle): string {
  return sparkline([mean], LOWEST_AND_HIGHEST, style) || String(levelOf(mean));
}

/** The names of months over the weeks in which they begin; one that has no room behind the last is left out. */
function monthNames(span: Span, weeks: readonly number[]): string {
  return monthsOf(span).reduce((line, { month, from }) => {
    const at = Math.floor((from - weeks[0]!) / DAYS_OF_WEEK);
    const name = monthName(month);
    const isFree = line === "" || line.length < at;
    return isFree && at + name.length <= weeks.length ? `${line.padEnd(at)}${name}` : line;
  }, "");
}
