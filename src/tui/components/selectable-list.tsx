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
  const first = firstVisible(items.length, selected, height);
  const rows = items.slice(first, first + height);
  const lines = toLines(rows).map((text, index): readonly Part[] => {
    const isSelected = first + index === selected;
    return isSelected ? [` ${style.glyphs.selected}`, style.bold(verbatim(text))] : ["  ", verbatim(text)];
  });
  return <Lines lines={lines.map((parts) => fitLine(width, parts, style))} />;
}

/** Which row of a list is the first of those in `height` rows that hold the selected one, as far as it can in the middle. */
export function firstVisible(count: number, selected: number, height: number): number {
  return Math.max(0, Math.min(count - height, selected - Math.floor(height / 2)));
}
