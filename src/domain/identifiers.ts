import { hash } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an identifier as moodsync writes it: a UUID, lower case, with hyphens. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

/** The UUID of version 5 (RFC 9562, section 5.5) of a name within a namespace. */
export function uuidv5(name: string, namespace: string): string {
  const named = Buffer.allocUnsafe(NAMESPACE_BYTES + Buffer.byteLength(name));
  named.write(namespace.replaceAll("-", ""), "hex");
  named.write(name, NAMESPACE_BYTES);
  const hex = hash("sha1", named, "hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return bytesToUuid(`${hex.slice(0, 12)}5${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`);
}

const NAMESPACE_BYTES = 16;

/** Hyphenated form of 32 hexadecimal digits. */
export function bytesToUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
