import { meanOf } from "../insights/centre.ts";
import { weekdayOf } from "./date-words.ts";
import { moodText } from "./entity-line.ts";
import { fitLine, widthOf } from "./fit-line.ts";
import { timeOfDay } from "./moment.ts";
import { levelOf } from "./palette.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";

/** The days up to today, the earliest first. */
export interface Week {
  /** `day` is counted from 1 January 1970; `mean` is that of its moods, null where there is none. */
  days: readonly { day: number; mean: number | null }[];
}

/** From so many columns on the row of a screen has its summary in words. */
const COLUMNS_FOR_WORDS = 76;
/** Blanks between the strip and the sentence beside it. */
const GAP = "    ";

/** A week in one line of chips under the names of its days, with its mean beside it, or below where that has no room. */
export function weekStrip({ days }: Week, columns: number, style: TerminalStyle, margin = "  "): Line[] {
  const logged = days.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const summary = summaryOf(logged, days.length);
  if (style.isPlain)
    return [style.line(`Last ${days.length} days: ${summary}.`), style.line(plainDays({ days }))];
  const names = days.flatMap(({ day }, index): Part[] => {
    const name = weekdayOf(timeOfDay(day)).slice(0, 3);
    return [index === 0 ? margin : " ", index === days.length - 1 ? style.bold(name) : style.dim(name)];
  });
  const chips = days.flatMap(({ mean }, index): Part[] => [
    index === 0 ? margin : " ",
    mean === null ? style.dim(` ${style.glyphs.noEntry} `) : style.closeChip(levelOf(mean)),
  ]);
  const beside = [...chips, GAP, summary];
  const lines = [fitLine(columns, names, style)];
  if (widthOf(beside, style) <= columns) return [...lines, fitLine(columns, beside, style)];
  return [
    ...lines,
    fitLine(columns, chips, style),
    style.line(""),
    fitLine(columns, [margin, summary], style),
  ];
}

/** The same for a screen: chips of five columns, with the mean of the week at the right under its own name. */
export function weekRow({ days }: Week, columns: number, style: TerminalStyle): Line[] {
  const logged = days.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const names = days.flatMap(({ day }, index): Part[] => {
    const name = ` ${weekdayOf(timeOfDay(day)).slice(0, 3)} `;
    return [index === days.length - 1 ? style.bold(name) : style.dim(name), " "];
  });
  const chips = days.flatMap(({ mean }): Part[] => {
    if (mean === null) return [style.dim(`  ${style.glyphs.noEntry}  `), " "];
    const level = levelOf(mean);
    return style.hasColour ? [style.fill(level, `  ${level}  `), " "] : [" ", style.closeChip(level), "  "];
  });
  const summary = rowSummary(logged, days.length, columns, style);
  return [
    fitLine(columns, ["  ", ...names, "   ", style.dim(`${days.length} days`)], style),
    fitLine(columns, ["  ", ...chips, "   ", summary], style),
  ];
}

/** "3.5 on average · 6 of 7 days", or "3.5 · 6 of 7" where there is little room. */
function rowSummary(means: readonly number[], days: number, columns: number, style: TerminalStyle): string {
  if (means.length === 0) return "no entry";
  const mean = meanOf(means).toFixed(1);
  return columns < COLUMNS_FOR_WORDS
    ? `${mean}${style.separator}${means.length} of ${days}`
    : `${mean} on average${style.separator}${means.length} of ${days} days`;
}

function plainDays({ days }: Week): string {
  const texts = days.map(
    ({ day, mean }) => `${weekdayOf(timeOfDay(day))} ${mean === null ? "no entry" : meanText(mean)}`,
  );
  return `${texts.join(", ")}.`;
}

function meanText(mean: number): string {
  return Number.isInteger(mean) ? moodText(mean) : `${mean.toFixed(1)} on average`;
}

function summaryOf(means: readonly number[], days: number): string {
  if (means.length === 0) return `no entry in ${days} days`;
  return `${meanOf(means).toFixed(1)} on average, ${means.length} of ${days} days`;
}
