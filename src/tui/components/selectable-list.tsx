import { fitLine } from "../../output/fit-line.ts";
import { type Part, verbatim } from "../../output/terminal-style.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "./lines.tsx";

/** Columns before the text of each row. */
export const MARK_COLUMNS = 2;

/** A list with a mark at the selected row, and of it the rows around that which fit in `height`. */
export function SelectableList<T>({
  items,
  selected,
  height,
  width,
  toLines,
}: {
  items: readonly T[];
  /** Index of the selected one. */
  selected: number;
  height: number;
  width: number;
  /** One line for each of the items that are seen, so that columns are as wide as these need. */
  toLines(visible: readonly T[]): readonly string[];
}) {
  const style = useStyle();
  const { first, rows } = visibleRows(items, selected, height);
  const lines = toLines(rows).map((text, index): readonly Part[] => {
    const isSelected = first + index === selected;
    return isSelected ? [` ${style.glyphs.selected}`, style.bold(verbatim(text))] : ["  ", verbatim(text)];
  });
  return <Lines lines={lines.map((parts) => fitLine(width, parts, style))} />;
}

/** The part of a list that fits in `height` rows and holds the selected row, as far as it can in the middle. */
function visibleRows<T>(
  rows: readonly T[],
  selected: number,
  height: number,
): { first: number; rows: readonly T[] } {
  const last = Math.max(0, rows.length - height);
  const first = Math.max(0, Math.min(last, selected - Math.floor(height / 2)));
  return { first, rows: rows.slice(first, first + height) };
}
