import { useState } from "react";
import type { Key } from "../keyboard/key.ts";

/** Which of many lines are seen, and the keys that move them. */
export interface Scroll {
  /** The first line that is seen. */
  offset: number;
  lastOffset: number;
  /** True for a key that moves the lines, also where they are at their end. */
  onKey(key: Key): boolean;
}

/** Scrolls `count` lines through `height` rows. */
export function useScroll(count: number, height: number): Scroll {
  const [wanted, setOffset] = useState(0);
  const lastOffset = Math.max(0, count - height);
  const offset = Math.min(wanted, lastOffset);
  return {
    offset,
    lastOffset,
    onKey({ name }) {
      if (name === "up" || name === "wheelUp") setOffset(Math.max(0, offset - 1));
      else if (name === "down" || name === "wheelDown") setOffset(Math.min(lastOffset, offset + 1));
      else return false;
      return true;
    },
  };
}
