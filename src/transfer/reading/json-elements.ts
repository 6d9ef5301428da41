import { damagedJson } from "./json-value.ts";

/** One value of a large JSON text: a scalar of the outermost object, or an element of a list within it. */
export interface JsonElement {
  /** The keys that lead to it: ["version"], ["entities", "mood_entries"]. */
  path: readonly string[];
  value: unknown;
}

/** Lists lie this deep at most: `entities.mood_entries`. */
const MAX_CONTAINERS = 3;
/** Longest element, in bytes; more than a server takes of one. */
const MAX_ELEMENT = 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads a JSON text element by element, so that its size does not matter. A streaming parser of npm takes twenty times as
 *  long as JSON.parse does for the elements. Throws `invalid_input` for a text that is damaged or ends early. */
export function* jsonElements(pieces: Iterable<Buffer>): Generator<JsonElement, void> {
  const containers: { isList: boolean; key: string }[] = [];
  let depth = 0; // within the element
  let element: Buffer[] | null = null;
  let elementSize = 0;
  let inString = false;
  let isEscaped = false;
  let expectsKey = false;
  let hasEnded = false;

  const top = () => containers.at(-1);
  function finished(last: Buffer): JsonElement | string {
    const bytes = Buffer.concat([...element!, last]);
    element = null;
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString("utf8"));
    } catch (cause) {
      throw damagedJson("it is not JSON to its end", cause);
    }
    if (expectsKey) return value as string;
    const keys = containers.filter(({ isList }) => !isList).map(({ key }) => key);
    return { path: keys, value };
  }

  for (const piece of pieces) {
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at]!;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0) {
            const done = finished(piece.subarray(start, at + 1));
            if (typeof done === "string") {
              top()!.key = done;
              expectsKey = false;
            } else yield done;
          }
        }
        continue;
      }
      if (element !== null && depth === 0 && isEndOfScalar(byte)) {
        const done = finished(piece.subarray(start, at));
        if (typeof done === "string") throw damagedJson("it is not JSON to its end");
        yield done;
      }
      if (element === null) {
        if (isBlank(byte) || byte === 0x3a /* : */) continue;
        if (byte === 0x2c /* , */) {
          expectsKey = top()?.isList === false;
          continue;
        }
        if (byte === 0x7d || byte === 0x5d) {
          if (containers.pop()?.isList !== (byte === 0x5d)) throw damagedJson("it is not JSON to its end");
          expectsKey = false;
          hasEnded = containers.length === 0;
          continue;
        }
        const isContainer = byte === 0x7b || byte === 0x5b;
        if (isContainer && !top()?.isList && containers.length < MAX_CONTAINERS) {
          containers.push({ isList: byte === 0x5b, key: "" });
          expectsKey = byte === 0x7b;
          continue;
        }
        if (containers.length === 0) throw damagedJson("it is not JSON to its end");
        element = [];
        elementSize = 0;
        start = at;
        if (byte === QUOTE) inString = true;
        else if (isContainer) depth = 1;
        continue;
      }
      if (byte === QUOTE) inString = true;
      else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth > 0) continue;
        const done = finished(piece.subarray(start, at + 1));
        if (typeof done === "string") throw damagedJson("it is not JSON to its end");
        yield done;
      }
    }
    if (element !== null) {
      element.push(piece.subarray(start));
      elementSize += piece.length - start;
      if (elementSize > MAX_ELEMENT + piece.length)
        throw damagedJson("one of its entries is longer than 1 MiB");
    }
  }
  if (!hasEnded || containers.length > 0 || element !== null) throw damagedJson("it is not JSON to its end");
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isEndOfScalar(byte: number): boolean {
  return byte === 0x2c || byte === 0x7d || byte === 0x5d || isBlank(byte);
}
