import { useState } from "react";
import type { Key } from "../keyboard/key.ts";

/** Which of `count` rows is selected, and the keys that move it. */
export interface Selection {
  index: number;
  select(index: number): void;
  /** True when the key moved the selection, or would have but for the end of the list. */
  onKey(key: Key): boolean;
}

const PAGE = 10;

/** A selection that starts on the first row and stays within the list when it shrinks. */
export function useSelection(count: number): Selection {
  const [wanted, setWanted] = useState(0);
  const within = (index: number) => Math.max(0, Math.min(count - 1, index));
  const index = within(wanted);
  const moves: Partial<Record<Key["name"], number>> = {
    up: -1,
    down: 1,
    pageUp: -PAGE,
    pageDown: PAGE,
    home: -count,
    end: count,
  };
  return {
    index,
    select: setWanted,
    onKey(key) {
      const move = moves[key.name];
      if (move === undefined) return false;
      setWanted((before) => within(within(before) + move));
      return true;
    },
  };
}
