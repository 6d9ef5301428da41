import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { recordFault } from "../reading/app-rows.ts";
import type { CsvRecord } from "../reading/csv-records.ts";
import { atWallTime, MIDDAY, parseClock, wallTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import { scaleText } from "../reading/scale.ts";
import { columnsError, type SheetColumns, sheetColumns } from "../reading/sheet-columns.ts";
import { dateOrderOf, parseSheetDate } from "../reading/sheet-dates.ts";
import { assumedScale, parseSheetMood, sheetLevel, sheetTags, tagSeparator } from "../reading/sheet-moods.ts";
import { assessmentItems } from "../reading/sheet-scores.ts";
import type { Table } from "../reading/text-file.ts";
import type { Content, DateOrder, Format, Reading, ReadOptions, Scale } from "./format.ts";

/** A table of a person's own, with moods. Every text of several columns may be one, so it is looked at last. */
export const SPREADSHEET: Format = {
  name: "spreadsheet",
  title: "A sheet",
  detect: (content) => content.kind === "text" && content.text.table().heading.length > 1,
  read: readSheet,
};

/** The same with scores of questionnaires, which may have moods, too. */
export const ASSESSMENTS: Format = {
  name: "assessments",
  title: "A sheet with scores of assessments",
  source: SPREADSHEET.name,
  detect(content) {
    if (content.kind !== "text") return false;
    try {
      return hasScores(sheetColumns(content.text.table().heading, undefined));
    } catch {
      return false; // said where the sheet is read
    }
  },
  read: readSheet,
};

function hasScores({ instruments, test }: SheetColumns): boolean {
  return instruments.length > 0 || test !== null;
}

function readSheet(content: Content, options: ReadOptions): Reading {
  if (content.kind !== "text") return { items: [] };
  const table = content.text.table();
  const columns = sheetColumns(table.heading, options.columns);
  const { meaning } = columns;
  if (meaning.date === undefined) throw columnsError("No column is known to be the date.", table.heading);
  if (meaning.mood === undefined && !hasScores(columns)) {
    throw columnsError("No column is known to be the mood.", table.heading);
  }
  const order = orderOf(table, meaning.date, options);
  const stated = columns.scale ?? options.scale ?? null;
  const scale = stated ?? (meaning.mood === undefined ? null : assumedScale(moodsOf(table, meaning.mood)));
  const separator = tagSeparator(meaning.tags === undefined ? [] : cellsOf(table, meaning.tags));
  return {
    items: items(table, { columns, order, scale, separator, options }),
    assumed: {
      scale: !stated && scale ? scaleText(scale) : undefined,
      dateOrder: options.dateOrder ? undefined : order,
    },
    columnsLeft: [...columns.others.values()],
  };
}

function orderOf(table: Table, column: number, { dateOrder }: ReadOptions): DateOrder | undefined {
  if (dateOrder && dateOrder !== "ymd") return dateOrder;
  const found = dateOrderOf(datesOf(table, column));
  if (found !== "open" && found !== "both") return found;
  const sentence =
    found === "open"
      ? "The dates of the sheet do not say whether day or month comes first."
      : "Some dates of the sheet begin with the day, and others with the month.";
  throw new MoodsyncError("invalid_input", sentence, {
    hint: "Say it with --date-order dmy or mdy. Nothing was changed.",
  });
}

function* datesOf(table: Table, column: number) {
  for (const cell of cellsOf(table, column)) yield parseSheetDate(cell, undefined);
}

function* moodsOf(table: Table, column: number) {
  for (const cell of cellsOf(table, column)) yield parseSheetMood(cell);
}

function* cellsOf(table: Table, column: number): Generator<string, void> {
  for (const { cells } of table.records()) yield cells[column] ?? "";
}

interface Sheet {
  columns: SheetColumns;
  order: DateOrder | undefined;
  scale: Scale | null;
  separator: string;
  options: ReadOptions;
}

function* items(table: Table, sheet: Sheet): Generator<ImportItem, void> {
  const heading = table.heading.join("\n");
  for (const record of table.records()) {
    const fault = recordFault(record);
    if (fault) yield fault;
    else if (record.cells.every((cell) => cell.trim() === "")) continue;
    else if (record.cells.map((cell) => cell.replace(/^\ufeff/, "").trim()).join("\n") === heading)
      yield { kind: "next export" };
    else if (record.cells.slice(table.heading.length).some((cell) => cell.trim() !== "")) {
      yield {
        kind: "problem",
        place: { line: record.line },
        code: "field_count",
        message: `The row has ${record.cells.length} fields, and the heading ${table.heading.length}.`,
      };
    } else yield* rowItems(record, sheet);
  }
}

function* rowItems({ line, cells }: CsvRecord, sheet: Sheet): Generator<ImportItem, void> {
  const { columns, scale, separator, options } = sheet;
  const { meaning, others } = columns;
  const place = { line };
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const cell = (column: number | undefined) => (column === undefined ? "" : (cells[column] ?? ""));
  const time = timeOf(cell(meaning.date), cell(meaning.time), sheet.order);
  if (time === "no day")
    return yield problem("no_such_day", "There is no such day, or the date cannot be read.");
  if (time === "no time") return yield problem("no_such_time", "There is no such time of day.");
  const at = yield* momentOf(time, place, options);
  const rest = Object.fromEntries(
    [...others].flatMap(([column, name]) => (cell(column).trim() === "" ? [] : [[name, cell(column)]])),
  );
  const mood = meaning.mood === undefined ? ({ kind: "none" } as const) : parseSheetMood(cell(meaning.mood));
  const note = noteOf(cell(meaning.note));
  if (mood.kind !== "none") {
    const value = sheetLevel(mood, { scale, moods: options.moods });
    if (value === undefined) {
      yield { kind: "unmapped", name: mood.kind === "word" ? mood.word : "" };
      yield problem("unknown_mood", "The word for the mood is not known; --mood-map says its level.");
    } else if (value === null) yield problem("invalid_mood", "The mood is outside of its scale.");
    else {
      yield {
        kind: "mood",
        place,
        at,
        value,
        activities: sheetTags(cell(meaning.tags), separator),
        note,
        details: { mood: cell(meaning.mood).trim(), ...rest },
      };
    }
  } else if (meaning.mood !== undefined && !hasScores(columns))
    yield problem("no_mood", "The row has no mood.");
  if (hasScores(columns)) {
    const details = { ...rest, ...(note === null || mood.kind !== "none" ? {} : { note }) };
    yield* assessmentItems(columns, { cell, place, at, details });
  }
}

type RowTime = { wallMs: number; offsetMinutes: number | null };

function timeOf(date: string, clock: string, order: DateOrder | undefined): RowTime | "no day" | "no time" {
  const found = parseSheetDate(date, order);
  if (!found?.day) return "no day";
  const time = clock.trim() === "" ? (found.clock ?? MIDDAY) : parseClock(clock);
  if (!time) return "no time";
  const wallMs = wallTime(found.day, time);
  return wallMs === null ? "no day" : { wallMs, offsetMinutes: found.offsetMinutes };
}

function* momentOf({ wallMs, offsetMinutes }: RowTime, place: Place, { clock }: ReadOptions) {
  if (offsetMinutes === null) return yield* atWallTime(clock, wallMs, place);
  return { ms: wallMs - offsetMinutes * MINUTE_MS, offsetMinutes };
}
