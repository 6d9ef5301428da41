import { damagedJson } from "./json-value.ts";

/** One line of a text with a JSON value on each, counted from 1; undefined for a line that holds none. */
export interface JsonLine {
  line: number;
  value: unknown;
}

/** Longest line, in bytes; more than a server takes of an entity. */
const MAX_LINE = 1024 * 1024;
const LF = 0x0a;

/** Reads it piece by piece, so that its size does not matter. Lines with nothing but blanks are left out. Throws
 *  `invalid_input` for a line that is too long. */
export function* jsonLines(pieces: Iterable<Buffer>): Generator<JsonLine, void> {
  let line = 0;
  let begun: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    const bytes: Buffer = begun.length === 0 ? piece : Buffer.concat([begun, piece]);
    let start = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
      line += 1;
      yield* parsedLine(line, bytes.subarray(start, end));
      start = end + 1;
    }
    begun = bytes.subarray(start);
    if (begun.length > MAX_LINE) throw damagedJson("one of its lines is longer than 1 MiB");
  }
  yield* parsedLine(line + 1, begun);
}

function* parsedLine(line: number, bytes: Buffer): Generator<JsonLine, void> {
  const text = bytes.toString("utf8");
  if (text.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {}
  yield { line, value };
}
