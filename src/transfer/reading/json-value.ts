import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { passedBound } from "../../domain/protocol/json-bounds.ts";

/** Deepest nesting of a file; those of the apps have ten levels at most. */
const BOUNDS = { levels: 64, items: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };

/** The value of a JSON text in UTF-8 or UTF-16 with its mark. Throws `invalid_input` for what is none. */
export function jsonValue(bytes: Buffer): unknown {
  if (passedBound(bytes, BOUNDS)) throw damagedJson("it is nested too deeply");
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damagedJson("it is not JSON to its end", cause);
  }
}

/** The error's own message quotes the file. */
export function damagedJson(reason: string, cause?: unknown): MoodsyncError {
  return new MoodsyncError("invalid_input", `The file is damaged or was not written to its end: ${reason}.`, {
    hint: "Export or copy it again. Nothing was changed.",
    cause,
  });
}

function decode(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  const encoding = isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw damagedJson(`it is not valid ${encoding === "utf-8" ? "UTF-8" : "UTF-16"}`, cause);
  }
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list with their number from 1; what is none is null. */
export function* itemsOf(list: unknown): Generator<[item: number, Record<string, unknown> | null]> {
  if (!Array.isArray(list)) return;
  for (const [index, value] of list.entries()) yield [index + 1, isObject(value) ? value : null];
}

/** A text, or "" for what is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The texts of a list. */
export function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((value) => typeof value === "string") : [];
}
