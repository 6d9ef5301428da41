import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
import { type EntryContext, entryParts, entryWords, type LoggedEntry } from "./entry-parts.ts";
import { fitLine } from "./fit-line.ts";
import { formatClock, formatDate, formatLongDate, timeOfDay } from "./moment.ts";
import { largest, rowsWithIds } from "./rows-with-ids.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";

/** A mood or an assessment with its id as it is shown. */
export type ListedEntry = { id: string } & LoggedEntry;

export interface EntryList extends EntryContext {
  entries: readonly ListedEntry[];
  now: ZonedTime;
  dayStartMs: number;
}

/** Below this there is neither clock nor id. */
const LEAST_FULL_COLUMNS = 60;

/** Entries one a line, each day's date once. Nothing is cut where `columns` is Infinity. */
export function entryList(list: EntryList, columns: number, style: TerminalStyle): Line[] {
  const { entries } = list;
  if (style.isPlain) {
    return entries.map((entry) => {
      const time = timeOf(entry);
      const words = entryWords(entry, list, style);
      return style.line(`${formatLongDate(time)} ${formatClock(time)}: `, ...words, `. Id ${entry.id}`);
    });
  }
  const rows = entryRows(list, columns, style).map(({ date, texts, id }) => ({
    texts: [style.bold(date), ...texts],
    id,
  }));
  if (columns < LEAST_FULL_COLUMNS) return rows.map(({ texts }) => fitLine(columns, texts, style));
  return rowsWithIds(rows, columns, style);
}

/** The rows of a list before they are fitted, each day's date once. */
export function entryRows(
  list: EntryList,
  columns: number,
  style: TerminalStyle,
): { date: string; texts: readonly Part[]; id: string }[] {
  const { entries, now } = list;
  const times = entries.map(timeOf);
  const isNarrow = columns < LEAST_FULL_COLUMNS;
  const dateByDay = new Map<number, string>();
  const dates = times.map((time) => {
    const day = localDay(time, list.dayStartMs);
    const date = dateByDay.get(day) ?? withoutWeekday(formatDate(timeOfDay(day), now), isNarrow);
    dateByDay.set(day, date);
    return date;
  });
  const dateWidth = largest(dates.map((date) => date.length));
  return entries.map((entry, index) => {
    const date = dates[index] === dates[index - 1] ? "" : dates[index]!;
    const clock = isNarrow ? [] : [style.dim(formatClock(times[index]!)), "  "];
    return {
      date,
      texts: [
        " ".repeat(dateWidth - date.length + (isNarrow ? 1 : 2)),
        ...clock,
        ...entryParts(entry, list, style),
      ],
      id: entry.id,
    };
  });
}

/** A date of another year has its year instead, where there is little room: "11 Nov 2025". */
function withoutWeekday(date: string, isNarrow: boolean): string {
  return isNarrow && /\d{4}$/.test(date) ? date.slice(date.indexOf(" ") + 1) : date;
}

export function timeOf(entry: ListedEntry): ZonedTime {
  return parseTimestamp(entry.entityType === "MoodEntry" ? entry.entity.recorded_at : entry.entity.taken_at)!;
}
