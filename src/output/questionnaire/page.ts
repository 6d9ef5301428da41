import { displayWidth } from "../display-width.ts";
import { fitLine, padParts, widthOf } from "../fit-line.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "../terminal-style.ts";
import { wrapWords } from "../wrap-words.ts";

/** Columns and rows of a terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** A key and what it does, and the same where there is little room. */
export type KeyHelp = readonly [key: string, what: string, short?: string];

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

export interface Block {
  lines: readonly Line[];
  /** Left out where there is no room for everything. */
  isExtra?: boolean;
  /** Blank rows before it, where there is room; 1 without it. */
  gap?: number;
}

/** Smallest terminal on which the pages are whole. */
export const SMALLEST: Size = { columns: 60, rows: 20 };

/** Prose is no wider than this. */
const PROSE_COLUMNS = 74;
const INDENT = "  ";

/** A page in exactly as many lines as the terminal has rows. */
export function pageLines({ head, blocks, message, keys }: Page, size: Size, style: TerminalStyle): Line[] {
  const { columns, rows } = size;
  const top = head ? headLines(head, size, style) : [];
  const foot = [
    ...(message === undefined ? [] : [fitLine(columns - 1, [` ${message}`], style)]),
    keysLine(keys, size, style),
  ];
  const room = rows - top.length - foot.length - 1; // a blank row at least above the foot
  const body = fitBlocks(blocks, room, style).slice(0, room);
  const blanks = Array.from({ length: rows - top.length - body.length - foot.length }, () => style.line());
  return [...top, ...body, ...blanks, ...foot];
}

/** Fewest blank rows among the blocks of a page that has something extra. */
const FEWEST_BLANKS = 2;

/** The blocks below each other: with all blank rows that they ask for, with one before each, or with as many as there is
 *  room for, from the top. What is extra goes where it takes the room of others. */
function fitBlocks(blocks: readonly Block[], room: number, style: TerminalStyle): Line[] {
  const ways = [stack(blocks, Number.POSITIVE_INFINITY, style), stack(blocks, 1, style)];
  const fitting = ways.find((lines) => lines.length <= room);
  if (fitting) return fitting;
  const hasRoom = stack(blocks, 0, style).length + FEWEST_BLANKS <= room;
  const kept = hasRoom ? blocks : blocks.filter(({ isExtra }) => !isExtra);
  const spare = room - stack(kept, 0, style).length;
  const spaced = kept.map((block, index) => (index < spare ? block : { ...block, gap: 0 }));
  return stack(spaced, 1, style);
}

function stack(blocks: readonly Block[], mostGap: number, style: TerminalStyle): Line[] {
  return blocks.flatMap(({ lines, gap = 1 }) => [
    ...Array.from({ length: Math.min(gap, mostGap) }, () => style.line()),
    ...lines,
  ]);
}

function headLines(
  { name, at, progress }: { name: string; at: string; progress?: number },
  { columns }: Size,
  style: TerminalStyle,
): Line[] {
  const { glyphs } = style;
  const width = columns - 2;
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

/** As many keys as there is room for, from the left; in fewer words where that lets them all stand. */
function keysLine(keys: readonly KeyHelp[], { columns }: Size, style: TerminalStyle): Line {
  const parts = (shown: readonly KeyHelp[]): Part[] =>
    shown.flatMap(([key, what], index) => [index === 0 ? " " : "   ", style.bold(key), ` ${what}`]);
  const fits = (shown: readonly KeyHelp[]) => widthOf(parts(shown), style) < columns;
  let shown = fits(keys) ? keys : keys.map(([key, what, short]): KeyHelp => [key, short ?? what]);
  while (shown.length > 1 && !fits(shown)) shown = shown.slice(0, -1);
  return fitLine(columns - 1, parts(shown), style);
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
