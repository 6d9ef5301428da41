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
