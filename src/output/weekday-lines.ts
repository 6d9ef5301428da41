import type { WeekdayPattern } from "../insights/weekdays.ts";
import { LONG_WEEKDAY_NAMES, WEEKDAY_NAMES } from "./day-words.ts";
import { fitLine } from "./fit-line.ts";
import { intervalBar, type Scale } from "./interval-bar.ts";
import { counted, oneDecimal, pWords } from "./number-words.ts";
import { paragraph } from "./paragraph.ts";
import type { Line, TerminalStyle } from "./terminal-style.ts";

const COLUMNS_OF_A_STEP = 5;

/** The weekdays with their means and intervals on one scale, and what the test of all of them says. */
export function weekdayLines(
  pattern: WeekdayPattern,
  columns: number,
  style: TerminalStyle,
  { weekStart }: { weekStart: "monday" | "sunday" },
): Line[] {
  if (pattern.status === "needs weeks") {
    return style.isPlain
      ? [style.line(needsWeeks(pattern))]
      : paragraph([needsWeeks(pattern)], { columns, style });
  }
  if (style.isPlain) return plainLines(pattern, style, weekStart);
  const isNarrow = columns < 60;
  const lowest = pattern.weekdays.map(({ interval, mean }) => interval?.[0] ?? mean ?? 5);
  const low = Math.min(4, Math.max(1, Math.floor(Math.min(...lowest))));
  const scale: Scale = { low, high: 5, columns: (5 - low) * COLUMNS_OF_A_STEP + 1 };
  const [name, gap] = isNarrow ? ["", "   "] : [" ".repeat(13), "   "];
  const axis = Array.from({ length: 5 - low + 1 }, (_, step) => String(low + step).padEnd(COLUMNS_OF_A_STEP));
  const figures = axis.join("").trimEnd();
  // The first figure would touch the title.
  const afterTitle = isNarrow ? ` ${figures.slice(1)}` : `      mean  ${figures}     days`;
  const heading = [style.bold("By weekday"), style.dim(afterTitle)];
  const rows = inWeek(pattern.weekdays, weekStart).map(({ weekday, mean, interval, days }) => {
    const bar = mean === null ? " ".repeat(scale.columns) : intervalBar({ mean, interval }, scale, style);
    const figure = mean === null ? `${style.glyphs.noEntry}  ` : oneDecimal(mean);
    const between = isNarrow ? " " : name;
    return fitLine(
      columns,
      [
        "  ",
        WEEKDAY_NAMES[weekday]!,
        between,
        figure,
        gap,
        bar,
        isNarrow ? "  " : "    ",
        String(days).padStart(2),
      ],
      style,
    );
  });
  const { mean, intervalStart, interval, intervalEnd } = style.glyphs;
  return [
    fitLine(columns, ["  ", ...heading], style),
    ...rows,
    style.line(),
    ...paragraph(
      [`${mean} mean   ${intervalStart}${interval}${intervalEnd} 95 % CI   ${verdictWords(pattern)}`],
      { columns, style },
    ),
  ];
}

/** "no weekday stands out (p 0.41, all seven at once)". */
export function verdictWords({ p, standsOut }: Extract<WeekdayPattern, { status: "compared" }>): string {
  const verdict =
    standsOut === null ? "no weekday stands out" : `weekdays differ, ${LONG_WEEKDAY_NAMES[standsOut]} most`;
  return `${verdict} (p ${pWords(p)}, all seven at once)`;
}

export function needsWeeks({ weeks, needed }: Extract<WeekdayPattern, { status: "needs weeks" }>): string {
  return `Weekdays need ${needed} weeks; there ${weeks === 1 ? "is" : "are"} ${weeks}.`;
}

function plainLines(
  pattern: Extract<WeekdayPattern, { status: "compared" }>,
  style: TerminalStyle,
  weekStart: "monday" | "sunday",
): Line[] {
  const lines = inWeek(pattern.weekdays, weekStart).map(({ weekday, mean, interval, days }) => {
    const range = interval
      ? `, 95 percent interval ${oneDecimal(interval[0])} to ${oneDecimal(interval[1])}`
      : "";
    const words = mean === null ? "no entry" : `mean ${oneDecimal(mean)} on ${counted(days, "day")}${range}`;
    return `${LONG_WEEKDAY_NAMES[weekday]}: ${words}.`;
  });
  const verdict = verdictWords(pattern);
  return [...lines, `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`].map((line) => style.line(line));
}

export function inWeek<T>(weekdays: readonly T[], weekStart: "monday" | "sunday"): T[] {
  return weekStart === "monday" ? [...weekdays] : [weekdays[6]!, ...weekdays.slice(0, 6)];
}
