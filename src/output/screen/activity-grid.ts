import { fitLine, padParts } from "../fit-line.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "../terminal-style.ts";

/** What is offered, and which of it is taken. */
export interface ActivityGrid {
  offered: readonly { label: string; letter: string | null; isTaken: boolean }[];
  /** The one that Space takes or leaves; null: none is selected. */
  selected: number | null;
  /** Rows that there is room for. */
  rows: number;
}

const MARGIN = 2;

/** How many stand in a row. */
export function gridColumns(columns: number): number {
  return columns >= 76 ? 4 : 3;
}

/** Which activity was clicked; null: none. `row` is counted from the first line of the grid. */
export function activityAt(
  { row, column }: { row: number; column: number },
  grid: Omit<ActivityGrid, "offered"> & { offered: readonly unknown[] },
  columns: number,
): number | null {
  const across = gridColumns(columns);
  const at = Math.floor((column - MARGIN) / cellColumns(columns));
  const index = (firstGridRow(grid, columns) + row) * across + at;
  const isIn = row >= 0 && row < grid.rows && at >= 0 && at < across;
  return isIn && index < grid.offered.length ? index : null;
}

/** Activities in a grid, each with the letter that takes it. Where there are more than fit, the rows around the selected
 *  one. */
export function activityGrid(
  { offered, selected, rows }: ActivityGrid,
  columns: number,
  style: TerminalStyle,
): Line[] {
  const across = gridColumns(columns);
  const width = cellColumns(columns);
  const all = Array.from({ length: Math.ceil(offered.length / across) }, (_, row) =>
    offered.slice(row * across, (row + 1) * across),
  );
  const first = firstGridRow({ offered, selected, rows }, columns);
  return all
    .slice(first, first + rows)
    .map((cells, index) =>
      fitLine(
        columns,
        [
          " ".repeat(MARGIN),
          ...cells.flatMap((cell, at) =>
            cellParts(cell, (first + index) * across + at === selected, width, style),
          ),
        ],
        style,
      ),
    );
}

function cellColumns(columns: number): number {
  return Math.floor((Math.min(columns, 80) - 2 * MARGIN) / gridColumns(columns));
}

/** The first row of the grid that is shown. */
function firstGridRow(
  { offered, selected, rows }: { offered: readonly unknown[]; selected: number | null; rows: number },
  columns: number,
): number {
  const across = gridColumns(columns);
  const count = Math.ceil(offered.length / across);
  const row = Math.floor((selected ?? 0) / across);
  return Math.max(0, Math.min(count - rows, row - Math.floor(rows / 2)));
}

function cellParts(
  { label, letter, isTaken }: ActivityGrid["offered"][number],
  isSelected: boolean,
  width: number,
  style: TerminalStyle,
): Part[] {
  const mark = isTaken ? (style.isAscii ? "x" : style.glyphs.done) : " ";
  const weight = isTaken ? (part: Part) => style.underline(style.bold(part)) : (part: Part) => part;
  const shown = isSelected ? style.inverse(verbatim(label)) : weight(verbatim(label));
  const cells = padParts(width - 1, [style.bold(letter ?? " "), ` ${mark} `, shown], style);
  return [...cells, " "];
}
