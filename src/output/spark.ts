import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { fitLine } from "./fit-line.ts";
import { BARS, type Level } from "./palette.ts";
import type { Line, TerminalStyle } from "./terminal-style.ts";

/** A sign for each day, oldest first: the bar of its level, or its digit; a dot where there is no entry. */
export function sparkLine(
  levels: readonly (Level | null)[],
  columns: number,
  style: TerminalStyle,
  hasDigits = false,
): Line {
  if (style.isPlain) {
    return style.line(
      levels.map((level) => (level === null ? "no entry" : MOOD_NAMES[level - 1])).join(", "),
    );
  }
  const cells = levels.map((level) => {
    if (level === null) return style.dim(style.glyphs.noEntry);
    return style.mark(level, hasDigits || style.isAscii ? String(level) : BARS[level - 1]!);
  });
  return fitLine(columns, cells, style);
}
