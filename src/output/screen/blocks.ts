import type { Line, TerminalStyle } from "../terminal-style.ts";

/** Lines that belong together. */
export interface Block {
  lines: readonly Line[];
  /** Left out where there is no room for everything. */
  isExtra?: boolean;
  /** Blank rows before it, where there is room; 1 without it. */
  gap?: number;
}

/** Fewest blank rows among the blocks of a page that has something extra. */
const FEWEST_BLANKS = 2;

/** The blocks below each other: with all blank rows that they ask for, with one before each, or with as many as there is
 *  room for, from the top. What is extra goes where it takes the room of others. */
export function fitBlocks(blocks: readonly Block[], room: number, style: TerminalStyle): Line[] {
  const ways = [stack(blocks, Number.POSITIVE_INFINITY, style), stack(blocks, 1, style)];
  const fitting = ways.find((lines) => lines.length <= room);
  if (fitting) return fitting;
  const hasRoom = stack(blocks, 0, style).length + FEWEST_BLANKS <= room;
  const kept = hasRoom ? blocks : blocks.filter(({ isExtra }) => !isExtra);
  const spare = room - stack(kept, 0, style).length;
  const spaced = kept.map((block, index) => (index < spare ? block : { ...block, gap: 0 }));
  return stack(spaced, 1, style);
}

function stack(blocks: readonly Block[], mostGap: number, style: TerminalStyle): Line[] {
  return blocks.flatMap(({ lines, gap = 1 }) => [
    ...Array.from({ length: Math.min(gap, mostGap) }, () => style.line()),
    ...lines,
  ]);
}
