import { hash } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an identifier as moodsync writes it: a UUID, lower case, with hyphens. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

/** The UUID of version 5 (RFC 9562, section 5.5) of a name within a namespace, which is a UUID in its 16 bytes. */
export function uuidv5(name: string, namespace: Uint8Array): string {
  return hashToUuid(hash("sha1", joinedBytes(namespace, name), "hex"), 5);
}

/** The UUID of a version (RFC 9562) whose other bits are those of a hash, which is in hexadecimal digits. */
export function hashToUuid(hex: string, version: 5 | 8): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return bytesToUuid(`${hex.slice(0, 12)}${version}${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`);
}

/** Of one identifier after the other: making the bytes of each anew takes as long as their hash. */
const reusedBytes = Buffer.alloc(4096);
const MAX_BYTES_OF_UNIT = 3;

function joinedBytes(namespace: Uint8Array, name: string): Uint8Array {
  if (namespace.length + name.length * MAX_BYTES_OF_UNIT > reusedBytes.length)
    return Buffer.concat([namespace, Buffer.from(name)]);
  reusedBytes.set(namespace);
  return reusedBytes.subarray(0, namespace.length + reusedBytes.write(name, namespace.length));
}

/** Hyphenated form of 32 hexadecimal digits. */
export function bytesToUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The 16 bytes of an identifier. */
export function uuidToBytes(uuid: string): Buffer {
  const bytes = Buffer.alloc(16);
  writeUuid(bytes, 0, uuid);
  return bytes;
}

/** Writes the 16 bytes of an identifier from `start` on. Digit by digit: a text without the hyphens takes several times as long. */
export function writeUuid(to: Uint8Array, start: number, uuid: string): void {
  let byte = start;
  for (let at = 0; at < uuid.length; at += 2) {
    if (uuid.charCodeAt(at) === HYPHEN) at += 1;
    to[byte++] = (hexDigit(uuid.charCodeAt(at)) << 4) | hexDigit(uuid.charCodeAt(at + 1));
  }
}

const HYPHEN = 0x2d;
const FIRST_LETTER = 0x61;

/** What a digit, or a letter in lower case, stands for. */
function hexDigit(code: number): number {
  return code < FIRST_LETTER ? code - 0x30 : code - FIRST_LETTER + 10;
}
