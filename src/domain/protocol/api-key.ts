import { bytesToUuid } from "../identifiers.ts";

/** What an API key says of itself. Its text is `msk_<user id, 32 hex>_<secret, 64 hex>_<crc32 of the rest, 8 hex>`:
 *  the user id leads to the user's shard, the checksum tells a typo from a revoked key without asking a server. */
export interface ApiKey {
  userId: string;
  /** 64 hexadecimal digits; the server keeps only their SHA-256. */
  secret: string;
}

const KEY = /^msk_([0-9a-f]{32})_([0-9a-f]{64})_([0-9a-f]{8})$/;

/** The text of a key. `secret` is 32 random bytes in hexadecimal. */
export function formatApiKey({ userId, secret }: ApiKey): string {
  const rest = `msk_${userId.replaceAll("-", "")}_${secret}`;
  return `${rest}_${crc32(rest)}`;
}

/** Null for a text that is no key: one that was cut, mistyped or meant for something else. */
export function parseApiKey(text: string): ApiKey | null {
  const match = KEY.exec(text);
  if (!match || crc32(text.slice(0, -9)) !== match[3]) return null;
  return { userId: bytesToUuid(match[1]!), secret: match[2]! };
}

/** CRC-32 of ISO 3309 (as zip uses it) of ASCII text, in 8 hexadecimal digits. */
function crc32(text: string): string {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}
