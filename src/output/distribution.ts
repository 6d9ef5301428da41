import { fitLine } from "./fit-line.ts";
import { percent } from "./number-words.ts";
import { BARS, type Level } from "./palette.ts";
import type { Cell, Line, TerminalStyle } from "./terminal-style.ts";

/** Widest bar, in columns. */
const MOST_COLUMNS = 72;

/** How many entries have each level, 1 first, as one bar: a part for each level, with the digit in it, and below how many
 *  they are and of which share. Nothing without entries. */
export function distributionLines(counts: readonly number[], columns: number, style: TerminalStyle): Line[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const widths = partWidths(counts, Math.min(MOST_COLUMNS, columns - 4));
  const parts = widths.map((width, index) => partOf((index + 1) as Level, width, style));
  const labels = widths.map((width, index) => {
    const count = counts[index]!;
    const share = percent(count / total);
    const fitting = [style.words(`${count} · ${share}`), share, String(count)].find(
      (text) => text.length < width,
    );
    return width === 0 ? "" : centred(fitting ?? "", width);
  });
  return [fitLine(columns, ["  ", ...parts], style), fitLine(columns, ["  ", ...labels], style)];
}

/** Columns in proportion, at least two where there is anything, so that its digit is seen. */
function partWidths(counts: readonly number[], columns: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count === 0 ? 0 : Math.max(2, (count / total) * columns)));
  const scale = columns / exact.reduce((sum, width) => sum + width, 0);
  const widths = exact.map((width) => Math.floor(width * scale));
  const byRest = widths.map((_, index) => index).sort((a, b) => rest(b) - rest(a));
  let missing = columns - widths.reduce((sum, width) => sum + width, 0);
  for (const index of byRest) {
    if (missing === 0) break;
    if (counts[index] === 0) continue;
    widths[index]!++;
    missing--;
  }
  return widths;

  function rest(index: number): number {
    return exact[index]! * scale - widths[index]!;
  }
}

function partOf(level: Level, width: number, style: TerminalStyle): Cell | string {
  if (width === 0) return "";
  if (style.hasColour) return style.fill(level, centred(String(level), width));
  const bar = style.isAscii ? String(level) : BARS[level - 1]!;
  return `${level}${bar.repeat(Math.max(0, width - 2))} `.slice(0, width);
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return `${" ".repeat(Math.max(0, left))}${text}`.padEnd(width);
}
