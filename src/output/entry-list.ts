import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { moodName } from "../domain/entities/mood-name.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
import { type ActivityById, activityNames } from "./activity-names.ts";
import { moodText, scoreText } from "./entity-line.ts";
import { fitLine, padParts, widthOf } from "./fit-line.ts";
import { formatClock, formatDate, formatLongDate, timeOfDay } from "./moment.ts";
import { levelOf } from "./palette.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** A mood or an assessment with its id as it is shown. */
export type ListedEntry = { id: string } & (
  | { entityType: "MoodEntry"; entity: MoodEntry }
  | { entityType: "AssessmentEntry"; entity: AssessmentEntry }
);

export interface EntryList {
  entries: readonly ListedEntry[];
  now: ZonedTime;
  dayStartMs: number;
  activities: ActivityById;
  /** Shows notes instead of saying that there is one: others may be looking. */
  notes: boolean;
}

/** Below this there is neither clock nor id. */
const LEAST_FULL_COLUMNS = 60;
/** Ids stand below each other in these columns, further to the right only where texts are longer. */
const USUAL_COLUMNS = 80;
/** Where nothing is cut, texts that are longer than this push their id to the right. */
const MOST_ALIGNED_COLUMNS = 120;
const GAP = "  ";
const LONGEST_MOOD_NAME = 5;

/** Entries one a line, each day's date once. Nothing is cut where `columns` is Infinity. */
export function entryList(list: EntryList, columns: number, style: TerminalStyle): Line[] {
  const { entries, now } = list;
  const days = entries.map((entry) => timeOfDay(localDay(timeOf(entry), list.dayStartMs)));
  if (style.isPlain) return entries.map((entry) => plainEntry(entry, list, style));
  const isNarrow = columns < LEAST_FULL_COLUMNS;
  const dates = days.map((day) => withoutWeekday(formatDate(day, now), isNarrow));
  const dateWidth = largest(dates.map((date) => date.length));
  const rows = entries.map((entry, index): { texts: Part[]; id: string } => {
    const date = dates[index] === dates[index - 1] ? "" : dates[index]!;
    const clock = isNarrow ? [] : [style.dim(formatClock(timeOf(entry))), "  "];
    return {
      texts: [
        style.bold(date),
        " ".repeat(dateWidth - date.length + (isNarrow ? 1 : 2)),
        ...clock,
        ...entryParts(entry, list, style),
      ],
      id: entry.id,
    };
  });
  if (isNarrow) return rows.map(({ texts }) => fitLine(columns, texts, style));
  return alignedIds(rows, columns, style);
}

function alignedIds(
  rows: readonly { texts: Part[]; id: string }[],
  columns: number,
  style: TerminalStyle,
): Line[] {
  const idColumns = GAP.length + largest(rows.map(({ id }) => id.length));
  const widths = rows.map(({ texts }) => widthOf(texts, style));
  const wanted = largest(widths) + idColumns;
  const isCut = columns !== Number.POSITIVE_INFINITY;
  const all = Math.max(USUAL_COLUMNS, Math.min(wanted, isCut ? columns : MOST_ALIGNED_COLUMNS));
  const textColumns = Math.min(all, columns) - idColumns;
  return rows.map(({ texts, id }, index) => {
    const isTooLong = !isCut && widths[index]! > textColumns;
    return style.line(...(isTooLong ? texts : padParts(textColumns, texts, style)), GAP, style.dim(id));
  });
}

/** What an entry is, from the chip on. */
function entryParts(entry: ListedEntry, { activities, notes }: EntryList, style: TerminalStyle): Part[] {
  const deleted = entry.entity.metadata.deleted_at === null ? [] : [`${GAP}deleted`];
  if (entry.entityType === "AssessmentEntry") {
    const { assessment_type, score, severity } = entry.entity;
    return [
      style.bold(String(score).padStart(2).padEnd(3)),
      " ",
      verbatim([assessment_type, severity].filter((text) => text !== "").join(" ")),
      ...(isScoredAsPhq8(entry.entity) ? [`${GAP}${SCORED_AS_PHQ8}`] : []),
      ...deleted,
    ];
  }
  const { value, note } = entry.entity;
  const names = activityNames(entry.entity.activities, activities, style);
  return [
    style.chip(levelOf(value)),
    ` ${moodName(value).padEnd(LONGEST_MOOD_NAME)} `,
    ...names,
    ...(note !== null && names.length > 0 ? [GAP] : []),
    ...(note === null
      ? []
      : notes
        ? [style.dim(`${style.glyphs.dash} `), style.dim(verbatim(note))]
        : [style.dim(style.glyphs.hasNote)]),
    ...deleted,
  ];
}

function plainEntry(entry: ListedEntry, { activities, notes }: EntryList, style: TerminalStyle): Line {
  const time = timeOf(entry);
  const { entityType, entity, id } = entry;
  const isMood = entityType === "MoodEntry";
  const names = isMood ? activityNames(entity.activities, activities, style) : [];
  return style.line(
    `${formatLongDate(time)} ${formatClock(time)}: `,
    ...(isMood
      ? [`mood ${moodText(entity.value)}`]
      : [verbatim(`${entity.assessment_type} ${scoreText(entity)}`)]),
    ...(names.length > 0 ? [", ", ...names] : []),
    ...(!isMood && isScoredAsPhq8(entity) ? [`, ${SCORED_AS_PHQ8}`] : []),
    ...(isMood && entity.note !== null
      ? notes
        ? [". Note: ", verbatim(entity.note)]
        : [", with a note"]
      : []),
    ...(entity.metadata.deleted_at === null ? [] : [", deleted"]),
    `. Id ${id}`,
  );
}

/** A date of another year has its year instead, where there is little room: "11 Nov 2025". */
function withoutWeekday(date: string, isNarrow: boolean): string {
  return isNarrow && /\d{4}$/.test(date) ? date.slice(date.indexOf(" ") + 1) : date;
}

/** Math.max takes its numbers as arguments, of which there can be only so many. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function timeOf(entry: ListedEntry): ZonedTime {
  return parseTimestamp(entry.entityType === "MoodEntry" ? entry.entity.recorded_at : entry.entity.taken_at)!;
}
