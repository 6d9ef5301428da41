/** The part of a list that fits in `height` rows and holds the selected row, as far as it can in the middle. */
export function visibleRows<T>(
  rows: readonly T[],
  selected: number,
  height: number,
): { first: number; rows: readonly T[] } {
  const last = Math.max(0, rows.length - height);
  const first = Math.max(0, Math.min(last, selected - Math.floor(height / 2)));
  return { first, rows: rows.slice(first, first + height) };
}
