import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { comparableText } from "../../domain/text/text.ts";
import { type CsvRecord, csvRecords } from "./csv-records.ts";
import type { ImportSource } from "./import-source.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** A text that is read piece by piece. */
export interface TextFile {
  encoding: Encoding;
  firstLine: string;
  /** Its pieces from the start. */
  pieces(): Iterable<string>;
  /** The same as a table: what stands in its first record, and the records below. */
  table(): Table;
}

export interface Table {
  /** Cells of the first record, trimmed. */
  heading: readonly string[];
  headingLine: number;
  delimiter: string;
  /** The records below the heading. */
  records(): Iterable<CsvRecord>;
}

/** Characters in which the first line of a text is looked for. */
const HEAD = 64 * 1024;

/** Opens a text: UTF-8 and UTF-16 by what is in it, windows-1252 where it is neither. Throws `invalid_input` for UTF-16
 *  that is broken, or does not say that it is. */
export function openTextFile(source: ImportSource): TextFile {
  const encoding = encodingOf(source);
  const pieces = () => decoded(source, encoding);
  const head = headOf(pieces());
  const [firstLine = ""] = head.split(/\r\n|\n|\r/, 1);
  let opened: Table | undefined;
  return {
    encoding,
    firstLine,
    pieces,
    table() {
      opened ??= openTable(pieces, head);
      return opened;
    },
  };
}

function encodingOf(source: ImportSource): Encoding {
  const head = source.at(0, 4096);
  const isLittle = head[0] === 0xff && head[1] === 0xfe;
  if (isLittle || (head[0] === 0xfe && head[1] === 0xff)) {
    if (source.size % 2 === 1) throw brokenUtf16();
    return isLittle ? "utf-16le" : "utf-16be";
  }
  requireNoBareUtf16(head);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (const piece of source.pieces()) decoder.decode(piece, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Every second byte of Latin letters in UTF-16 is 0. */
function requireNoBareUtf16(head: Buffer): void {
  const pairs = Math.floor(head.length / 2);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (pairs < 2 || Math.max(even, odd) < pairs / 2 || Math.min(even, odd) > pairs / 10) return;
  throw new MoodsyncError("invalid_input", "The file looks like UTF-16 without the mark that says so.", {
    hint: "Save it as UTF-8. Nothing was changed.",
  });
}

function* decoded(source: ImportSource, encoding: Encoding): Generator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (const piece of source.pieces()) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw cause;
    throw brokenUtf16(cause);
  }
}

function brokenUtf16(cause?: unknown): MoodsyncError {
  return new MoodsyncError("invalid_input", "The file is damaged: it is not valid UTF-16.", {
    hint: "Save it as UTF-8. Nothing was changed.",
    cause,
  });
}

function headOf(pieces: Iterable<string>): string {
  let head = "";
  for (const piece of pieces) {
    head += piece;
    if (head.length >= HEAD) break;
  }
  return head.slice(0, HEAD);
}

/** Of several the first wins where a heading has as many of each. */
const DELIMITERS = [",", ";", "\t", "|"];
const SEPARATOR_LINE = /^"?sep=([,;|\t])"?(\r\n|\n|\r)/;

function openTable(pieces: () => Iterable<string>, head: string): Table {
  const [separatorLine = "", separator] = SEPARATOR_LINE.exec(head) ?? [];
  const delimiter = separator ?? delimiterOf(head);
  const firstLine = separatorLine === "" ? 1 : 2;
  const records = () => csvRecords(without(separatorLine, pieces()), { delimiter, firstLine });
  const [first] = csvRecords([head.slice(separatorLine.length)], { delimiter, firstLine });
  return {
    heading: (first?.cells ?? []).map((cell) => cell.trim()),
    headingLine: first?.line ?? 1,
    delimiter,
    *records() {
      let isHeading = true;
      for (const record of records()) {
        if (!isHeading) yield record;
        isHeading = false;
      }
    },
  };
}

/** What the first line with anything on it has most of, outside of quotes. */
function delimiterOf(head: string): string {
  const line = head.split(/\r\n|\n|\r/).find((one) => one.trim() !== "") ?? "";
  const outside = line.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => outside.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

function* without(start: string, pieces: Iterable<string>): Generator<string, void> {
  let left = start.length;
  for (const piece of pieces) {
    const cut = Math.min(left, piece.length);
    left -= cut;
    yield piece.slice(cut);
  }
}

/** Where each heading stands, as `comparableText` has it. Throws `invalid_input` where one of those that are needed stands
 *  there twice. */
export function columnIndexes(heading: readonly string[]): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [index, cell] of heading.entries()) {
    const name = comparableText(cell.replace(/^\ufeff/, ""));
    if (indexes.has(name) && name !== "") {
      throw new MoodsyncError("invalid_input", "Two columns of the file have the same heading.", {
        hint: "Rename or remove one of them. Nothing was changed.",
      });
    }
    indexes.set(name, index);
  }
  return indexes;
}
