import type { Line, TerminalStyle } from "../terminal-style.ts";

/** Smallest terminal on which the screens are whole. */
export const SMALLEST = { columns: 60, rows: 20 };

/** In place of a screen that has no room. `leave` is the key that ends it. */
export function tooSmallLines(
  { columns, rows }: { columns: number; rows: number },
  leave: string,
  style: TerminalStyle,
): Line[] {
  const words = [
    `moodsync needs ${SMALLEST.columns} × ${SMALLEST.rows} characters,`,
    `this terminal has ${columns} × ${rows}.`,
    `Make it larger, or press ${leave}.`,
    "",
    "Any size will do for the commands:",
    "  moodsync log mood 4",
    "  moodsync pixels",
  ];
  return words.slice(0, Math.max(1, rows)).map((line) => style.line(line === "" ? "" : `  ${line}`));
}
