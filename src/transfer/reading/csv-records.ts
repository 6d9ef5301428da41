/** One record of a text of separated values. */
export interface CsvRecord {
  /** The line on which it starts, counted from 1. */
  line: number;
  cells: string[];
  /** What is wrong with it; after an open quote and a record that is too long nothing more is read. */
  fault?: "open_quote" | "broken_quote" | "too_long";
}

/** Longest record, in characters; more than any note and all that may stand beside it. */
const MAX_RECORD = 1024 * 1024;

/** Reads records piece by piece (RFC 4180), with line ends of any kind, also mixed, and each with its line. Lines with
 *  nothing but blanks are left out. csv-parse reads 20,000 rows in a second and does not say where one starts. */
export function* csvRecords(
  pieces: Iterable<string>,
  { delimiter, firstLine = 1 }: { delimiter: string; firstLine?: number },
): Generator<CsvRecord, void> {
  const plain = plainCell(delimiter);
  let text = "";
  let line = firstLine;
  let at = 0;
  function* whole(isLast: boolean): Generator<CsvRecord, boolean> {
    while (at < text.length) {
      const record = readRecord(text, at, { delimiter, plain, isLast });
      if ((record === "incomplete" ? text.length : record.end) - at > MAX_RECORD) {
        yield { line, cells: [], fault: "too_long" };
        return true;
      }
      if (record === "incomplete") break;
      const { end, cells, fault, isQuoted } = record;
      const isBlank = !isQuoted && cells.length === 1 && cells[0]!.trim() === "";
      if (!isBlank) yield { line, cells, ...(fault ? { fault } : {}) };
      if (fault === "open_quote") return true;
      line += isQuoted ? countLineEnds(text, at, end) : 1;
      at = end;
    }
    text = text.slice(at);
    at = 0;
    return false;
  }
  for (const piece of pieces) {
    text += piece;
    if (yield* whole(false)) return;
  }
  yield* whole(true);
}

interface ReadRecord {
  cells: string[];
  /** Where the next one starts. */
  end: number;
  isQuoted: boolean;
  fault?: CsvRecord["fault"] | undefined;
}

function readRecord(
  text: string,
  start: number,
  { delimiter, plain, isLast }: { delimiter: string; plain: RegExp; isLast: boolean },
): ReadRecord | "incomplete" {
  const cells: string[] = [];
  let at = start;
  let isQuoted = false;
  let fault: CsvRecord["fault"];
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      isQuoted = true;
      const close = closingQuote(text, at + 1);
      if (close === -1 || (close === text.length - 1 && !isLast)) {
        if (!isLast) return "incomplete";
        if (close === -1) return { cells, end: text.length, isQuoted, fault: "open_quote" };
      }
      const inner = text.slice(at + 1, close);
      cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
      at = close + 1;
      const rest = plainEnd(text, at, plain);
      if (text.slice(at, rest).trim() !== "") fault = "broken_quote";
      at = rest;
    } else {
      const end = plainEnd(text, at, plain);
      cells.push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) return isLast ? { cells, end: at, isQuoted, fault } : "incomplete";
    if (text[at] !== delimiter) break;
    at += 1;
  }
  if (text.charCodeAt(at) !== CR) return { cells, end: at + 1, isQuoted, fault };
  if (at + 1 === text.length && !isLast) return "incomplete";
  return { cells, end: at + (text.charCodeAt(at + 1) === LF ? 2 : 1), isQuoted, fault };
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/** The quote that ends a cell: one that is not doubled. -1: there is none. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return -1;
}

/** What stands outside of quotes, up to the next delimiter or line end. */
function plainCell(delimiter: string): RegExp {
  return new RegExp(
    `[^${delimiter === "|" || delimiter === "\t" ? `\\${delimiter}` : delimiter}\\r\\n]*`,
    "y",
  );
}

function plainEnd(text: string, at: number, plain: RegExp): number {
  plain.lastIndex = at;
  plain.test(text);
  return plain.lastIndex;
}

function countLineEnds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
  }
  return count;
}
