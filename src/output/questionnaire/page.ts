import { displayWidth } from "../display-width.ts";
import { fitLine, padParts } from "../fit-line.ts";
import { type Block, fitBlocks } from "../screen/blocks.ts";
import { type KeyHelp, keysLine } from "../screen/keys-line.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "../terminal-style.ts";
import { wrapWords } from "../wrap-words.ts";

/** Columns and rows of a terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** One screen of a questionnaire. */
export interface Page {
  /** What stands at the left and the right of the first row; without it the body begins at the top. */
  head?: { name: string; at: string; progress?: number };
  /** Groups of lines with a blank row between them, as long as there is room. */
  blocks: readonly Block[];
  /** One line above the keys. */
  message?: string | undefined;
  keys: readonly KeyHelp[];
}

/** Smallest terminal on which the pages are whole. */
export const SMALLEST: Size = { columns: 60, rows: 20 };

/** A page is drawn no wider than this, and its prose no wider than the other. */
const PAGE_COLUMNS = 80;
const PROSE_COLUMNS = 74;
const INDENT = "  ";

/** A page in exactly as many lines as the terminal has rows. */
export function pageLines({ head, blocks, message, keys }: Page, size: Size, style: TerminalStyle): Line[] {
  const { columns, rows } = size;
  const top = head ? headLines(head, size, style) : [];
  const foot = [
    ...(message === undefined ? [] : [fitLine(columns - 1, [` ${message}`], style)]),
    keysLine(keys, columns, style),
  ];
  const room = rows - top.length - foot.length - 1; // a blank row at least above the foot
  const body = fitBlocks(blocks, room, style).slice(0, room);
  const blanks = Array.from({ length: rows - top.length - body.length - foot.length }, () => style.line());
  return [...top, ...body, ...blanks, ...foot];
}

function headLines(
  { name, at, progress }: { name: string; at: string; progress?: number },
  { columns }: Size,
  style: TerminalStyle,
): Line[] {
  const { glyphs } = style;
  const width = Math.min(columns, PAGE_COLUMNS) - 2;
  const between = Math.max(1, width - displayWidth(style.words(name)) - displayWidth(style.words(at)));
  const done = Math.round((progress ?? 0) * width);
  const rule =
    progress === undefined
      ? [style.dim(glyphs.rule.repeat(width))]
      : [glyphs.progress.repeat(done), style.dim(glyphs.progressLeft.repeat(width - done))];
  return [
    fitLine(columns - 1, [" ", style.bold(name), " ".repeat(between), at], style),
    style.line(" ", ...rule),
  ];
}

/** Columns of prose on a terminal. */
export function proseColumns({ columns }: Size): number {
  return Math.min(PROSE_COLUMNS, columns - 2 * INDENT.length);
}

/** Prose in the body of a page. */
export function prose(
  text: string,
  size: Size,
  style: TerminalStyle,
  weight: (part: Part) => Part = (part) => part,
): Line[] {
  const width = proseColumns(size);
  return wrapWords(style.words(text), width).map((line) => style.line(INDENT, weight(line)));
}

/** Rows of a name and a text that is wrapped beside it. `textAt` is the column in which the texts begin, after the
 *  margin. What is verbatim is not ours. */
export function named(
  rows: readonly { name: readonly Part[]; text: string; isVerbatim?: boolean }[],
  size: Size,
  style: TerminalStyle,
  textAt: number,
): Line[] {
  const width = proseColumns(size) - textAt;
  return rows.flatMap(({ name, text, isVerbatim }) =>
    wrapWords(isVerbatim ? verbatim(text).text : style.words(text), width).map((line, index) =>
      style.line(
        INDENT,
        ...padParts(textAt, index === 0 ? name : [], style),
        isVerbatim ? verbatim(line) : line,
      ),
    ),
  );
}
