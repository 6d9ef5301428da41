import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";
import { singleLine } from "./terminal-text.ts";

/** Longest text that is measured at once, in UTF-16 units: finding the characters in a text costs more than in
 *  proportion to its length. */
const PIECE_UNITS = 2000;
/** More than any character takes for each of its columns: a family of four with skin tones has 25 for two. */
const UNITS_PER_COLUMN = 32;

/** Columns that a text takes on a terminal, measured as ink measures: none for combining marks, two for East Asian
 *  wide characters and emoji. Terminals differ on the newest emoji; a table is then out of line by a column. */
export function displayWidth(text: string): number {
  if (isSimple(text)) return text.length;
  const unstyled = text.replace(STYLE, "");
  if (isSimple(unstyled)) return unstyled.length;
  let width = 0;
  for (let at = 0; at < text.length; at += PIECE_UNITS)
    width += stringWidth(text.slice(at, at + PIECE_UNITS));
  return width;
}

/** The text on one line, cut to at most `columns`, with … in the last of them when something was cut off. */
export function truncate(given: string, columns: number): string {
  const text = singleLine(given);
  const longest = columns * UNITS_PER_COLUMN;
  if (text.length <= longest && displayWidth(text) <= columns) return text;
  return `${cut(text.slice(0, longest), columns - 1).trimEnd()}…`;
}

/** The text filled with blanks up to `columns`. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

function cut(text: string, columns: number): string {
  if (isSimple(text)) return text.slice(0, columns);
  const kept = sliceAnsi(text, 0, columns);
  // slice-ansi keeps a wide character of which only one column is within.
  return displayWidth(kept) <= columns ? kept : sliceAnsi(text, 0, columns - 1);
}

/** Pieces in which a text is taken apart, in UTF-16 units. */
const CLUSTER_PIECE_UNITS = 256;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: letters with their marks, flags, families of emoji. Taken apart piece
 *  by piece, and one that is longer than a piece is several. */
export function* clusters(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (let from = 0; from < text.length; ) {
    const found = Array.from(
      segmenter.segment(text.slice(from, from + CLUSTER_PIECE_UNITS)),
      ({ segment }) => segment,
    );
    // The last one may go on in the next piece.
    if (from + CLUSTER_PIECE_UNITS < text.length && found.length > 1) found.pop();
    yield* found;
    for (const { length } of found) from += length;
  }
}

/** Signs that each are one UTF-16 unit and one column: ASCII, the Latin letters, the signs of our own words. What measures
 *  the rest takes 20 ms to load. */
const SIMPLE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc\u2713\u2800-\u28ff]*$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how styles begin
const STYLE = /\u001b\[[\d;]*m/g;

function isSimple(text: string): boolean {
  return SIMPLE.test(text);
}
