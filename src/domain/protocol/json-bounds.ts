const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What a JSON text may be made of. */
export interface JsonBounds {
  /** Deepest nesting. */
  levels: number;
  /** Most items of one list, and most fields of one object. */
  items: number;
  /** Most items and fields of the whole text. */
  values: number;
}

/** The first bound that a JSON text passes, or null. Looked at before it is parsed: five million opening brackets are
 *  valid input for JSON.parse and keep it busy for seconds, and so does an object of 600,000 fields. */
export function passedBound(json: Uint8Array, bounds: JsonBounds): keyof JsonBounds | null {
  const bytes = Buffer.isBuffer(json) ? json : Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const commas: number[] = [];
  let depth = 0;
  let allCommas = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at + 1);
    else if (byte === COMMA) {
      commas[depth] = (commas[depth] ?? 0) + 1;
      allCommas += 1;
      if (commas[depth]! >= bounds.items) return "items";
      if (allCommas >= bounds.values) return "values";
    } else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      if (depth > bounds.levels) return "levels";
      commas[depth] = 0;
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
      depth -= 1;
      if (depth <= 0) return null; // what follows is blank, or the text is none
    }
  }
  return null;
}

/** Beyond as many bytes a search from quote to quote is quicker than a look at each byte. */
const SHORT_TEXT = 32;

/** Where the quote is that ends the text whose first byte is at `start`; the end of all where there is none. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start;
  for (; at < start + SHORT_TEXT; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) return bytes.length;
    let before = quote;
    while (before > at && bytes[before - 1] === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 0) return quote;
    at = quote + 1;
  }
}
