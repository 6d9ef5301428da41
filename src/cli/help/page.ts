import type { Line, Part, TerminalStyle } from "../../output/terminal-style.ts";
import { wrapWords } from "../../output/wrap-words.ts";

/** A line before it is painted. */
export type PageLine = readonly Part[];

/** How a page is set, and the columns that it may take. */
export type PageStyle = TerminalStyle & { width: number };

/** A term and what it means. */
export type Definition = readonly [term: string, text: string];

/** Prose is hard to read in longer lines. */
const MAX_PROSE_COLUMNS = 74;
export const MAX_PAGE_COLUMNS = 80;
const GAP = "  ";
/** Below this a text beside its term is a ribbon, so it goes under it. */
const MIN_TEXT_COLUMNS = 24;
/** A term that is longer has its line to itself, so that it does not push the others' texts away. */
const MAX_TERM_COLUMNS = 32;

export const EMPTY_LINE: PageLine = [""];

/** Sentences, broken between words. */
export function prose(text: string, { width, isPlain, words }: PageStyle): PageLine[] {
  return isPlain
    ? [[text]]
    : wrapWords(words(text), Math.min(width, MAX_PROSE_COLUMNS)).map((line) => [line]);
}

/** A heading with its rows, and an empty line before it; nothing where there are no rows. */
export function section(title: string, rows: readonly PageLine[], style: PageStyle): PageLine[] {
  return rows.length === 0 ? [] : [EMPTY_LINE, [style.bold(title)], ...rows];
}

/** Terms in one column and their texts beside them; a text goes under its term where the term is long or the page narrow,
 *  and into one line with it where lines are read aloud. */
export function definitions(given: readonly Definition[], style: PageStyle): PageLine[] {
  const { width, bold, isPlain, words } = style;
  const rows = given.map(([term, text]) => [words(term), words(text)] as const);
  if (isPlain) return rows.map(([term, text]) => [GAP, bold(term), text === "" ? "" : `: ${text}`]);
  const short = rows.map(([term]) => term.length).filter((length) => length <= MAX_TERM_COLUMNS);
  const termColumns = Math.max(0, ...short);
  const beside = GAP.length + termColumns + GAP.length;
  const hasRoom = width - beside >= MIN_TEXT_COLUMNS;
  const indent = hasRoom ? beside : 2 * GAP.length;
  return rows.flatMap(([term, text]) => {
    const lines = wrapWords(text, width - indent).map((line) => `${" ".repeat(indent)}${line}`);
    if (text === "" || !hasRoom || term.length > termColumns) {
      const terms = wrapWords(term, width - GAP.length).map((line): PageLine => [GAP, bold(line)]);
      return text === "" ? terms : [...terms, ...lines.map((line) => [line])];
    }
    const [first = "", ...others] = lines;
    return [[GAP, bold(term), first.slice(GAP.length + term.length)], ...others.map((line) => [line])];
  });
}

export function paintPage(lines: readonly PageLine[], style: TerminalStyle): Line[] {
  return lines.map((parts) => style.line(...parts));
}
