import wrapAnsi from "wrap-ansi";
import { displayWidth } from "./display-width.ts";

/** Longest text that is wrapped at once, in UTF-16 units: wrapping costs more than in proportion to its length. */
const PIECE_UNITS = 1000;

/** A line of text as lines of at most `columns`, broken between words; a word that is longer than a line is broken
 *  where the line ends. A tab becomes a blank. "" for an empty text. */
export function wrapWords(text: string, columns: number): string[] {
  const line = text.replaceAll("\t", " ");
  if (line.length <= columns && displayWidth(line) <= columns) return [line];
  const lines: string[] = [];
  let unfinished = "";
  for (const piece of piecesOf(line)) {
    if (unfinished.length > PIECE_UNITS) {
      lines.push(unfinished);
      unfinished = "";
    }
    const wrapped = wrapAnsi(unfinished + piece, columns, { hard: true }).split("\n");
    unfinished = wrapped.pop()!;
    lines.push(...wrapped);
  }
  return [...lines, unfinished];
}

/** A text in pieces that begin at a blank where there is one. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > PIECE_UNITS) {
    const piece = text.slice(from, from + PIECE_UNITS);
    const blank = piece.lastIndexOf(" ");
    pieces.push(blank > 0 ? piece.slice(0, blank) : piece);
    from += pieces.at(-1)!.length;
  }
  return [...pieces, text.slice(from)];
}
