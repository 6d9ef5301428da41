import type { ImportItem } from "../../entries/import/draft.ts";
import type { CsvRecord } from "./csv-records.ts";
import { columnIndexes, type Table } from "./text-file.ts";

/** A row of a table that an app wrote. */
export interface AppRow {
  kind: "row";
  line: number;
  /** The cell below a heading, by that in small letters; "" where there is no such column. */
  cell(column: string): string;
  /** The cells below all headings but the known ones, where there is something in them. */
  others(): Record<string, string>;
}

const FAULTS: Record<NonNullable<CsvRecord["fault"]>, string> = {
  open_quote: "A quote is opened here and never closed; nothing after it could be read.",
  broken_quote: "Something follows a closing quote, so it is not known where the field ends.",
  too_long: "The row is longer than 1 MiB; nothing after it could be read.",
};

/** The problem of a record that cannot be read as one. */
export function recordFault({ line, fault }: CsvRecord): ImportItem | null {
  return fault ? { kind: "problem", place: { line }, code: fault, message: FAULTS[fault] } : null;
}

/** The rows of a table, one after the other, with what is wrong with them. Every row has as many fields as the heading, or
 *  one empty one more where `allowsEmptyLast`. Another heading in the middle begins another export. */
export function* appRows(
  table: Table,
  {
    isHeading,
    known = new Set(),
    allowsEmptyLast = false,
  }: {
    isHeading(cells: readonly string[]): boolean;
    /** In small letters. */
    known?: ReadonlySet<string>;
    allowsEmptyLast?: boolean;
  },
): Generator<AppRow | ImportItem, void> {
  let heading = table.heading;
  let indexes = columnIndexes(heading);
  let unknown = unknownColumns(heading, known);
  for (const record of table.records()) {
    const { line, cells } = record;
    const fault = recordFault(record);
    if (fault) {
      yield fault;
      continue;
    }
    if (isHeading(cells)) {
      heading = cells.map((cell) => cell.trim());
      indexes = columnIndexes(heading);
      unknown = unknownColumns(heading, known);
      yield { kind: "next export" };
      continue;
    }
    const isEndEmpty = allowsEmptyLast && cells.length === heading.length + 1 && cells.at(-1) === "";
    if (cells.length !== heading.length && !isEndEmpty) {
      yield {
        kind: "problem",
        place: { line },
        code: "field_count",
        message: `The row has ${cells.length} fields, and the heading ${heading.length}.`,
      };
      continue;
    }
    const [rowIndexes, rowUnknown] = [indexes, unknown];
    yield {
      kind: "row",
      line,
      cell: (column) => cells[rowIndexes.get(column) ?? -1] ?? "",
      others: () =>
        Object.fromEntries(
          rowUnknown.flatMap(({ name, index }) => {
            const value = cells[index] ?? "";
            return value.trim() === "" ? [] : [[name, value]];
          }),
        ),
    };
  }
}

/** What the rows bring, each by the rules of its app. */
export function* itemsOfRows(
  rows: Iterable<AppRow | ImportItem>,
  itemsOf: (row: AppRow) => Iterable<ImportItem>,
): Generator<ImportItem, void> {
  for (const row of rows) {
    if (row.kind === "row") yield* itemsOf(row);
    else yield row;
  }
}

/** Whether a record has a heading for all of these columns, in small letters. A byte order mark counts as a blank. */
export function hasColumns(cells: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((name) => cells.some((cell) => isHeadingCell(cell, name)));
}

/** Every row is asked, and notes are long. */
function isHeadingCell(cell: string, name: string): boolean {
  return cell.length >= name.length && cell.length <= MAX_HEADING_CELL && cell.trim().toLowerCase() === name;
}

const MAX_HEADING_CELL = 100;

/** The headings of columns that are kept only as they are. */
export function otherColumns(heading: readonly string[], known: ReadonlySet<string>): string[] {
  return unknownColumns(heading, known).map(({ name }) => name);
}

function unknownColumns(
  heading: readonly string[],
  known: ReadonlySet<string>,
): { name: string; index: number }[] {
  return [...columnIndexes(heading)].flatMap(([comparable, index]) =>
    known.has(comparable) || comparable === "" ? [] : [{ name: heading[index]!, index }],
  );
}
