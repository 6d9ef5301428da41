import { displayWidth, padTo, truncate } from "./display-width.ts";
import { singleLine } from "./terminal-text.ts";

export interface TableOptions {
  /** Columns of the terminal; without it, and where the terminal does not know (0), nothing is cut off. */
  width?: number | undefined;
  /** Which column gives way when the rows are too wide; the last one without it. */
  flexible?: number;
}

const GAP = "  ";
/** Below this the flexible column stays, and the terminal wraps. */
const MIN_FLEXIBLE = 8;

/** Rows of texts in columns, each row one line without trailing blanks, whatever is in the texts. */
export function formatTable(given: readonly (readonly string[])[], options: TableOptions = {}): string {
  const rows = given.map((row) => row.map(singleLine));
  const columns = largest(rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    largest(rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const flexible = options.flexible ?? columns - 1;
  if (options.width && columns > 0) {
    const others = widths.reduce((sum, width) => sum + width, 0) - widths[flexible]!;
    const room = options.width - others - GAP.length * (columns - 1);
    widths[flexible] = Math.min(widths[flexible]!, Math.max(MIN_FLEXIBLE, room));
  }
  return rows
    .map((row) => row.map((cell, column) => padTo(truncate(cell, widths[column]!), widths[column]!)))
    .map((cells) => `${cells.join(GAP).trimEnd()}\n`)
    .join("");
}

/** Math.max takes its numbers as arguments, of which there can be only so many. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
