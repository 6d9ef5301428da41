import { Box } from "ink";
import { Text } from "./text.tsx";

/** Columns before the text of each row. */
export const MARK_COLUMNS = 3;

/** A list with a mark at the selected row, and of it the rows around that which fit in `height`. */
export function SelectableList<T extends { id: string }>({
  items,
  selected,
  height,
  toLines,
}: {
  items: readonly T[];
  /** Index of the selected one. */
  selected: number;
  height: number;
  /** One line for each of the items that are seen, so that columns are as wide as these need. */
  toLines(visible: readonly T[]): readonly string[];
}) {
  const { first, rows } = visibleRows(items, selected, height);
  const lines = toLines(rows);
  return (
    <Box flexDirection="column">
      {rows.map(({ id }, index) => {
        const isSelected = first + index === selected;
        return (
          <Text key={id} wrap="truncate" bold={isSelected} {...(isSelected ? { color: "cyan" } : {})}>
            {isSelected ? " › " : "   "}
            {lines[index]}
          </Text>
        );
      })}
    </Box>
  );
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
