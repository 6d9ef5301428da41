import { type Cell, type TerminalStyle, verbatim } from "./terminal-style.ts";
import { singleLine } from "./terminal-text.ts";
import { wrapWords } from "./wrap-words.ts";

/** Columns that prose takes at most: longer lines are hard to follow. */
export const WIDEST_PROSE = 74;

/** Our own words as lines that break between words, at most 74 columns wide; where nothing limits them, one line. */
export function prose(text: string, columns: number, style: TerminalStyle): Cell[] {
  return wrapped(style.words(text), columns).map((line) => ({ text: line }));
}

/** The same with a text that is not ours. */
export function verbatimProse(text: string, columns: number): Cell[] {
  return wrapped(text, columns).map(verbatim);
}

function wrapped(text: string, columns: number): string[] {
  const line = singleLine(text);
  if (columns === Number.POSITIVE_INFINITY) return [line];
  return wrapWords(line, Math.max(1, Math.min(columns, WIDEST_PROSE))).map((part) => part.trimEnd());
}
