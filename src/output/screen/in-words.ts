import { type Line, styleFrom, type TerminalStyle, verbatim } from "../terminal-style.ts";
import { wrapWords } from "../wrap-words.ts";

const WIDEST = 74;

/** What a picture says, a fact a line, on a screen. */
export function inWords(
  columns: number,
  style: TerminalStyle,
  draw: (columns: number, style: TerminalStyle) => readonly Line[],
): Line[] {
  const plain = styleFrom({ ...style, isPlain: true, depth: "none", hasWeight: false });
  return draw(Number.POSITIVE_INFINITY, plain).flatMap((line) =>
    wrapWords(style.words(line), Math.min(WIDEST, columns - 4)).map((part) =>
      style.line("  ", verbatim(part)),
    ),
  );
}
