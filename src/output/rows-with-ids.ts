import { padParts, widthOf } from "./fit-line.ts";
import type { Line, Part, TerminalStyle } from "./terminal-style.ts";

/** A row of texts, and at its end what names it for a command. */
export interface RowWithId {
  texts: readonly Part[];
  id: string;
}

/** Ids stand below each other in these columns, further to the right only where texts are longer. */
const USUAL_COLUMNS = 80;
/** Where nothing is cut, texts that are longer than this push their id to the right. */
const MOST_ALIGNED_COLUMNS = 120;
const GAP = "  ";

/** The rows with their ids below each other; whole where `columns` is Infinity. */
export function rowsWithIds(rows: readonly RowWithId[], columns: number, style: TerminalStyle): Line[] {
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

/** Math.max takes its numbers as arguments, of which there can be only so many. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
