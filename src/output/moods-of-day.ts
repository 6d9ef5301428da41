import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { moodName } from "../domain/entities/mood-name.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { type ActivityById, activityNames } from "./activity-names.ts";
import { moodText } from "./entity-line.ts";
import { fitLine } from "./fit-line.ts";
import { formatClock } from "./moment.ts";
import { levelOf } from "./palette.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";

export interface MoodsOfDay {
  /** The earliest first. */
  moods: readonly MoodEntry[];
  activities: ActivityById;
}

/** More are counted instead of shown. */
const MOST_SHOWN = 6;

/** The moods of a day, one a line: never with a note, only that there is one. `isClockFirst`: as on a screen. */
export function moodsOfDay(
  { moods, activities }: MoodsOfDay,
  columns: number,
  style: TerminalStyle,
  { isClockFirst = false }: { isClockFirst?: boolean } = {},
): Line[] {
  if (moods.length === 0) return [style.line(style.isPlain ? "Nothing logged yet today." : "  nothing yet")];
  const shown = moods.slice(-MOST_SHOWN);
  const earlier = moods.length - shown.length;
  const nameWidth = Math.max(...shown.map(({ value }) => moodName(value).length));
  const counted = earlier === 0 ? [] : [`${earlier} earlier`];
  if (style.isPlain) {
    return [
      ...counted.map((text) => style.line(`${text} today.`)),
      ...shown.map((mood) => plainMood(mood, activities, style)),
    ];
  }
  return [
    ...counted.map((text) => fitLine(columns, ["  ", style.dim(text)], style)),
    ...shown.map((mood) => {
      const names = activityNames(mood.activities, activities, style);
      const parts: Part[] = [
        "  ",
        ...(isClockFirst ? [style.dim(clockOf(mood)), "  "] : []),
        ...[style.chip(levelOf(mood.value)), ` ${moodName(mood.value).padEnd(nameWidth)}  `],
        ...(isClockFirst ? [" "] : [style.dim(clockOf(mood)), "  "]),
        ...names,
        ...(mood.note === null ? [] : [names.length > 0 ? "  " : "", noteSign(isClockFirst, style)]),
      ];
      return fitLine(columns, parts, style);
    }),
  ];
}

/** On a screen the sign has its word beside it. */
function noteSign(isClockFirst: boolean, style: TerminalStyle): Part {
  const { hasNote } = style.glyphs;
  return style.dim(isClockFirst && hasNote !== "note" ? `${hasNote} note` : hasNote);
}

function plainMood(mood: MoodEntry, activities: ActivityById, style: TerminalStyle): Line {
  const names = activityNames(mood.activities, activities, style);
  return style.line(
    `${clockOf(mood)}: mood ${moodText(mood.value)}`,
    ...(names.length > 0 ? [", ", ...names] : []),
    mood.note === null ? "." : ", with a note.",
  );
}

function clockOf({ recorded_at }: MoodEntry): string {
  return formatClock(parseTimestamp(recorded_at)!);
}
