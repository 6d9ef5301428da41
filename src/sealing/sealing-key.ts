import { hash, randomBytes } from "node:crypto";
import { MoodsyncError } from "../domain/moodsync-error.ts";

const SECRET_BYTES = 16;
const PREFIX = "SEAL1";
/** Crockford's base 32: without I, L, O and U. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 6;
const SYMBOLS_OF_GROUP = 5;
const SYMBOL_COUNT = GROUPS * SYMBOLS_OF_GROUP;
/** Bits of the checksum behind the secret: 30 symbols of 5 bits hold 128 and 22. */
const CHECK_BITS = 22n;
const CHECKED_TEXT = "moodsync sealing key 1";

/** An account's secret: 128 random bits that its devices have and its server never. It prints as `[redacted]` wherever it
 *  gets by mistake. */
export class SealingKey {
  readonly #secret: Buffer;

  constructor(secret: Uint8Array) {
    if (secret.length !== SECRET_BYTES) throw new RangeError("a sealing key has 16 bytes");
    this.#secret = Buffer.from(secret);
  }

  /** The 16 bytes. */
  reveal(): Buffer {
    return this.#secret;
  }

  toString(): string {
    return "[redacted]";
  }

  toJSON(): string {
    return "[redacted]";
  }

  /** What `util.inspect`, and with it every log of an object, prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[redacted]";
  }
}

export function newSealingKey(): SealingKey {
  return new SealingKey(randomBytes(SECRET_BYTES));
}

/** The end of a key, which a person types to show that they wrote it down. */
const ASKED_BACK = SYMBOLS_OF_GROUP;

/** The text by which a person hands a key over: `SEAL1-` and six groups of five symbols. */
export function formatSealingKey(key: SealingKey): string {
  const secret = key.reveal();
  let bits = (BigInt(`0x${secret.toString("hex")}`) << CHECK_BITS) | checkOf(secret);
  const symbols: string[] = [];
  for (let at = 0; at < SYMBOL_COUNT; at++) {
    symbols.unshift(SYMBOLS[Number(bits & 31n)]!);
    bits >>= 5n;
  }
  const groups = Array.from({ length: GROUPS }, (_, group) =>
    symbols.slice(group * SYMBOLS_OF_GROUP, (group + 1) * SYMBOLS_OF_GROUP).join(""),
  );
  return [PREFIX, ...groups].join("-");
}

/** The key of a text that was typed or pasted, in either case, with or without hyphens and spaces. Null for any other text
 *  and for a typo. */
export function parseSealingKey(typed: string): SealingKey | null {
  const text = asSymbols(typed);
  const prefix = withoutLookalikes(PREFIX);
  if (text.length !== prefix.length + SYMBOL_COUNT || !text.startsWith(prefix)) return null;
  let bits = 0n;
  for (const symbol of text.slice(prefix.length)) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  const secret = Buffer.from((bits >> CHECK_BITS).toString(16).padStart(2 * SECRET_BYTES, "0"), "hex");
  return (bits & ((1n << CHECK_BITS) - 1n)) === checkOf(secret) ? new SealingKey(secret) : null;
}

/** The same for what a person gave as a sealing key. Throws `invalid_input`, without repeating it. */
export function readSealingKey(typed: string): SealingKey {
  const key = parseSealingKey(typed);
  if (key) return key;
  throw new MoodsyncError(
    "invalid_input",
    typed.trim().startsWith("msk_")
      ? "That is an API key; the sealing key begins with SEAL1."
      : "That is no sealing key, or it was mistyped; it begins with SEAL1 and has six groups of five characters.",
  );
}

/** Whether somebody typed the last five characters of a key, as freely as the whole key may be typed. */
export function isEndOfSealingKey(typed: string, key: SealingKey): boolean {
  return asSymbols(typed) === formatSealingKey(key).slice(-ASKED_BACK);
}

function asSymbols(typed: string): string {
  return withoutLookalikes(typed.replace(/[\s\p{Pd}]/gu, "").toUpperCase());
}

function withoutLookalikes(text: string): string {
  return text.replace(/[IL]/g, "1").replaceAll("O", "0");
}

function checkOf(secret: Buffer): bigint {
  const digest = hash("sha256", Buffer.concat([Buffer.from(CHECKED_TEXT), secret]), "hex");
  return BigInt(`0x${digest.slice(0, 6)}`) >> (24n - CHECK_BITS);
}
