import type { Styled } from "./colour.ts";
import { singleLine, terminalText } from "./terminal-text.ts";
import type { OutputStream } from "./whole-output.ts";

/** Where a command prints. Everything goes through here, so nothing that is stored, typed or received can act on a
 *  terminal: in every text what is hidden is written out. Style is no part of a text but beside it, so a text cannot
 *  bring its own. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  write(...parts: readonly (string | Styled)[]): void;
  /** Bytes that wait for a slow reader. */
  readonly writableLength: number;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): void;
  /** Puts a text in place of the line that the cursor is on. For terminals alone. */
  replaceLine(text: string): void;
  /** The stream itself: for screens and for what reads a line, which move the cursor. They clean what they show. */
  readonly stream: OutputStream;
}

const STYLE = { bold: ["\u001b[1m", "\u001b[22m"] } as const;
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
    get writableLength() {
      return stream.writableLength;
    },
    on(event, listener) {
      stream.on(event, listener);
    },
    write(...parts) {
      stream.write(parts.map(shown).join(""));
    },
    replaceLine(text) {
      stream.write(`${TO_START_AND_ERASE}${singleLine(text)}`);
    },
  };
}

function shown(part: string | Styled): string {
  if (typeof part === "string") return terminalText(part);
  const [start, end] = STYLE[part.style];
  return `${start}${terminalText(part.text)}${end}`;
}
