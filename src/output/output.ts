import type { Line } from "./terminal-style.ts";
import { singleLine, terminalText } from "./terminal-text.ts";
import type { OutputStream } from "./whole-output.ts";

/** Where a command prints. Everything goes through here, so nothing that is stored, typed or received can act on a
 *  terminal: in every text what is hidden is written out. Style comes only in lines that a `TerminalStyle` has painted. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Rows of the terminal; undefined where there is none. */
  readonly rows: number | undefined;
  write(...texts: readonly string[]): void;
  writeLines(lines: readonly Line[]): void;
  /** Bytes that wait for a slow reader. */
  readonly writableLength: number;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): void;
  /** Puts a text in place of the line that the cursor is on. For terminals alone. */
  replaceLine(text: string): void;
  /** The stream itself: for screens and for what reads a line, which move the cursor. They clean what they show. */
  readonly stream: OutputStream;
}

const TO_START_AND_ERASE = "\r\u001b[K";

export function createOutput(stream: OutputStream): Output {
  return {
    stream,
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    get rows() {
      return stream.isTTY ? stream.rows : undefined;
    },
    get writableLength() {
      return stream.writableLength;
    },
    on(event, listener) {
      stream.on(event, listener);
    },
    write(...texts) {
      stream.write(texts.map(terminalText).join(""));
    },
    writeLines(lines) {
      stream.write(lines.map((line) => `${paintedText(line)}\n`).join(""));
    },
    replaceLine(text) {
      stream.write(`${TO_START_AND_ERASE}${singleLine(text)}`);
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of a style begin with one
const CODES = /(\u001b\[[0-9;]+m)/;

/** All of a line but the codes of its styles is a text like any other. */
function paintedText(line: Line): string {
  if (!line.includes("\u001b")) return terminalText(line);
  return line
    .split(CODES)
    .map((part, index) => (index % 2 === 1 ? part : terminalText(part)))
    .join("");
}
