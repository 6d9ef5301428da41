import { fitLine, widthOf } from "../fit-line.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";

/** Rows of the tabs, with the blank one below them. */
export const TAB_ROWS = 2;

const GAP = 4;
const NARROW_GAP = 2;
/** From so many columns on the names stand further apart. */
const COLUMNS_FOR_GAP = 76;

/** The pages of a view with the digits that open them, the open one underlined; at the right what they are about. */
export function pageTabs(
  names: readonly string[],
  open: number,
  columns: number,
  style: TerminalStyle,
  atRight: readonly Part[] = [],
): Line[] {
  const tabs = names.flatMap((name, index): Part[] => [
    index === 0 ? "  " : " ".repeat(gapOf(columns)),
    style.dim(`${index + 1} `),
    index === open ? style.bold(style.underline(tabText(name, true, style))) : name,
  ]);
  const room = columns - 2 - widthOf(tabs, style) - widthOf(atRight, style);
  const parts = atRight.length === 0 ? tabs : [...tabs, " ".repeat(Math.max(2, room)), ...atRight];
  return [fitLine(columns, parts, style)];
}

/** The page whose digit or name stands at a column; null: none does. */
export function pageAt(
  column: number,
  { names, open }: { names: readonly string[]; open: number },
  columns: number,
  style: TerminalStyle,
): number | null {
  let from = 2;
  for (const [index, name] of names.entries()) {
    const to = from + 2 + tabText(name, index === open, style).length;
    if (column >= from && column < to) return index;
    from = to + gapOf(columns);
  }
  return null;
}

function tabText(name: string, isOpen: boolean, { isAscii }: TerminalStyle): string {
  return isOpen && isAscii ? `[${name}]` : name;
}

function gapOf(columns: number): number {
  return columns >= COLUMNS_FOR_GAP ? GAP : NARROW_GAP;
}
