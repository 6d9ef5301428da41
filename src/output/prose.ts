import type { Cell, TerminalStyle } from "./terminal-style.ts";
import { singleLine } from "./terminal-text.ts";
import { wrapWords } from "./wrap-words.ts";

/** Columns that prose takes at most: longer lines are hard to follow. */
export const WIDEST_PROSE = 74;

/** Our own words as lines that break between words, at most 74 columns wide; in plain words and in a pipe one line. */
export function prose(text: string, columns: number, style: TerminalStyle): Cell[] {
  const words = style.words(singleLine(text));
  if (columns === Number.POSITIVE_INFINITY) return [{ text: words }];
  return wrapWords(words, Math.max(1, Math.min(columns, WIDEST_PROSE))).map((line) => ({
    text: line.trimEnd(),
  }));
}
