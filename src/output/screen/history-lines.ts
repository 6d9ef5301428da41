import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { localDay } from "../../domain/time/local-day.ts";
import { datePartsOf, monthRangeWords } from "../day-words.ts";
import type { EntityDetails } from "../detail-fields.ts";
import { entityDetails } from "../entity-details.ts";
import { type EntryList, entryRows, type ListedEntry, timeOf } from "../entry-list.ts";
import { fitLine, widthOf } from "../fit-line.ts";
import { counted, oneDecimal } from "../number-words.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";

export interface HistoryList extends EntryList {
  /** Index of the selected one. */
  selected: number;
  /** Ids of those that are marked. */
  marked: ReadonlySet<string>;
  /** Of the month of a day: how many of its days until today have entries, and their mean; null: months have no rule. */
  monthOf: ((day: number) => MonthFigures) | null;
}

/** What the rule of a month says. */
export interface MonthFigures {
  span: { from: number; to: number };
  days: number;
  spanDays: number;
  mean: number | null;
}

/** A row of the list: an entry by its index, or a rule. */
export interface HistoryRow {
  index: number | null;
  line: Line;
}

/** The entries around the selected one, under the rules of their months, in at most `rows` rows. */
export function historyLines(
  list: HistoryList,
  { columns, rows }: { columns: number; rows: number },
  style: TerminalStyle,
): HistoryRow[] {
  const { entries, selected } = list;
  const first = Math.max(0, Math.min(entries.length - rows, selected - Math.floor(rows / 2)));
  const shown = entries.slice(first, first + rows);
  const found = entryRows({ ...list, entries: shown }, Math.max(columns, 60), style);
  const all = shown.flatMap((entry, at): HistoryRow[] => {
    const index = first + at;
    const isSelected = index === selected;
    const mark = list.marked.has(entry.id) ? (style.isAscii ? "x" : style.glyphs.done) : " ";
    const { date, texts } = found[at]!;
    const parts = [mark, isSelected ? style.glyphs.selected : " ", date, ...texts];
    const line = fitLine(columns, isSelected ? parts.map((part) => bolder(part, style)) : parts, style);
    return [...ruleBefore(list, index, columns, style), { index, line }];
  });
  let from = 0;
  while (all.length - from > rows && all.findIndex(({ index }) => index === selected) - from >= rows) from++;
  return all.slice(from, from + rows);
}

/** Bold, and a chip stays as it is. */
function bolder(part: Part, style: TerminalStyle): Part {
  return typeof part === "string" || part.sgr === undefined ? style.bold(part) : part;
}

/** The rule of a month stands before its first entry, and where the list begins. */
function ruleBefore(list: HistoryList, index: number, columns: number, style: TerminalStyle): HistoryRow[] {
  if (!list.monthOf) return [];
  const day = dayOf(list.entries[index]!, list.dayStartMs);
  const before = list.entries[index - 1];
  if (before && isSameMonth(day, dayOf(before, list.dayStartMs))) return [];
  const { span, days, spanDays, mean } = list.monthOf(day);
  const isThisYear = datePartsOf(day).year === datePartsOf(localDay(list.now, list.dayStartMs)).year;
  const name = monthRangeWords({ from: span.from, to: span.from }, true);
  const title = isThisYear ? name.replace(/ \d+$/, "") : name;
  const figures = `${mean === null ? "" : `mean ${oneDecimal(mean)} · `}${days} of ${counted(spanDays, "day")}`;
  const room = columns - 2 - widthOf([title, "  ", figures], style) - 2;
  const rule = style.glyphs.rule.repeat(Math.max(2, Math.min(48, room)));
  return [{ index: null, line: fitLine(columns, ["  ", title, " ", style.dim(rule), " ", figures], style) }];
}

function dayOf(entry: ListedEntry, dayStartMs: number): number {
  return localDay(timeOf(entry), dayStartMs);
}

function isSameMonth(one: number, other: number): boolean {
  const [a, b] = [datePartsOf(one), datePartsOf(other)];
  return a.year === b.year && a.month === b.month;
}

/** Everything that an entry holds; while notes are hidden only that there is one. */
export function historyDetails(
  details: EntityDetails,
  { hasNotes }: { hasNotes: boolean },
  columns: number,
  style: TerminalStyle,
): Line[] {
  const note = details.entityType === "MoodEntry" ? (details.entity as MoodEntry).note : null;
  if (hasNotes || note === null) return entityDetails(details, columns, style);
  const words = note.split(/\s+/).filter((word) => word !== "").length;
  const withoutNote = { ...details, entity: { ...(details.entity as MoodEntry), note: null } };
  if (style.isPlain) {
    return [
      ...entityDetails(withoutNote, columns, style),
      style.line(`note: ${counted(words, "word")}, v shows it.`),
    ];
  }
  return [
    ...entityDetails(withoutNote, columns, style),
    style.line(),
    fitLine(columns, [`  note  ${counted(words, "word")}, v shows`], style),
  ];
}
