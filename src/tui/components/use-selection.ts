import { useState } from "react";
import type { Key } from "../keyboard/key.ts";

/** Which row of a list is selected, and the keys that move it. */
export interface Selection {
  index: number;
  select(index: number): void;
  /** True when the key moved the selection, or would have but for the end of the list. */
  onKey(key: Key): boolean;
}

const PAGE = 10;

/** A selection that starts on the first of `ids`, stays on its row when others come or go before it, and within the
 *  list when its row goes. `indexAt` says which one stands in a row of the screen, for clicks. */
export function useSelection(ids: readonly string[], indexAt?: (row: number) => number): Selection {
  const [wanted, setWanted] = useState<{ index: number; id: string | undefined }>({ index: 0, id: ids[0] });
  const within = (index: number) => Math.max(0, Math.min(ids.length - 1, index));
  const found = wanted.id === undefined ? -1 : ids.indexOf(wanted.id);
  const index = found < 0 ? within(wanted.index) : found;
  const select = (next: number) => setWanted({ index: within(next), id: ids[within(next)] });
  const moves: Partial<Record<Key["name"], number>> = {
    up: -1,
    wheelUp: -1,
    down: 1,
    wheelDown: 1,
    pageUp: -PAGE,
    pageDown: PAGE,
    home: -ids.length,
    end: ids.length,
  };
  return {
    index,
    select,
    onKey(key) {
      if (key.name === "click" && indexAt) {
        const clicked = indexAt(key.row);
        const isRow = clicked >= 0 && clicked < ids.length;
        if (isRow) select(clicked);
        return isRow;
      }
      const move = moves[key.name];
      if (move === undefined) return false;
      select(index + move);
      return true;
    },
  };
}
