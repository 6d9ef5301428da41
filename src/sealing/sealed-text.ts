import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { writeUuid } from "../domain/identifiers.ts";
import {
  ENVELOPE_OVERHEAD_BYTES,
  NONCE_BYTES,
  PADDED_LENGTHS,
  readEnvelopeHeader,
  SEAL_FORMAT,
  TAG_BYTES,
  TOMBSTONE_LENGTH,
} from "../domain/protocol/sealed-envelope.ts";
import type { SealingKeys } from "./sealing-keys.ts";

/** The version that an envelope is sealed for: it opens as that one only. */
export interface EnvelopeVersion {
  sealedId: string;
  updatedAtMs: number;
  deleted: boolean;
}

const HEADER_BYTES = ENVELOPE_OVERHEAD_BYTES - TAG_BYTES;
const NONCE_AT = HEADER_BYTES - NONCE_BYTES;
const CIPHER = "chacha20-poly1305";
const CIPHER_OPTIONS = { authTagLength: TAG_BYTES };
const SPACE = 0x20;

/** The envelope of a text, in base64. Null where it is longer than an envelope holds. */
export function sealText(keys: SealingKeys, version: EnvelopeVersion, text: string): string | null {
  const textBytes = Buffer.byteLength(text);
  const length = paddedLength(textBytes, version.deleted);
  if (length === undefined) return null;
  const { associated, padded } = bothIn(keys, length);
  writeAssociatedData(associated, keys, version);
  padded.write(text);
  padded.fill(SPACE, textBytes); // JSON ignores them
  const nonce = nonceOf(keys, padded);
  const cipher = createCipheriv(CIPHER, keys.seal, nonce, CIPHER_OPTIONS);
  cipher.setAAD(associated, { plaintextLength: length });
  const envelope = Buffer.allocUnsafe(ENVELOPE_OVERHEAD_BYTES + length);
  envelope.writeUInt8(SEAL_FORMAT, 0);
  envelope.writeUInt32BE(keys.generation, 1);
  envelope.set(nonce, NONCE_AT);
  envelope.set(cipher.update(padded), HEADER_BYTES);
  cipher.final();
  envelope.set(cipher.getAuthTag(), HEADER_BYTES + length);
  return envelope.toString("base64");
}

/** The text in an envelope, with the spaces behind it; null where it does not open as this version. */
export function openText(keys: SealingKeys, version: EnvelopeVersion, envelope: Buffer): Buffer | null {
  const header = readEnvelopeHeader(envelope);
  if (header?.format !== SEAL_FORMAT || header.generation !== keys.generation) return null;
  const sealed = envelope.subarray(HEADER_BYTES, -TAG_BYTES);
  const { associated, padded } = bothIn(keys, sealed.length);
  writeAssociatedData(associated, keys, version);
  const decipher = createDecipheriv(CIPHER, keys.seal, header.nonce, CIPHER_OPTIONS);
  decipher.setAAD(associated, { plaintextLength: sealed.length });
  decipher.setAuthTag(envelope.subarray(-TAG_BYTES));
  const text = decipher.update(sealed);
  try {
    decipher.final();
  } catch {
    return null;
  }
  // One that its writer chose another way could open under two keys.
  padded.set(text);
  return timingSafeEqual(nonceOf(keys, padded), header.nonce) ? text : null;
}

/** Of associated data, in bytes. */
const ASSOCIATED_BYTES = 46;

/** Writes format, account, generation, sealed id, time and whether it is deleted at fixed places. */
export function writeAssociatedData(
  to: Buffer,
  { associated }: SealingKeys,
  { sealedId, updatedAtMs, deleted }: EnvelopeVersion,
): void {
  to.set(associated);
  writeUuid(to, 21, sealedId);
  // One signed number of 8 bytes, which would have to become a BigInt.
  const high = Math.floor(updatedAtMs / 2 ** 32);
  to.writeInt32BE(high, 37);
  to.writeUInt32BE(updatedAtMs - high * 2 ** 32, 41);
  to.writeUInt8(deleted ? 1 : 0, 45);
}

/** Where associated data and a padded text are written one after the other, as the nonce is derived from them. */
function bothIn({ nonce }: SealingKeys, paddedBytes: number): { associated: Buffer; padded: Buffer } {
  const both = nonce.room(ASSOCIATED_BYTES + paddedBytes);
  return { associated: both.subarray(0, ASSOCIATED_BYTES), padded: both.subarray(ASSOCIATED_BYTES) };
}

/** Derived from what is sealed: no two texts share one, not even after a database was copied. It holds until the next. */
function nonceOf({ nonce }: SealingKeys, { length }: Buffer): Buffer {
  reusedNonce.write(nonce.hexOfRoom(ASSOCIATED_BYTES + length), 0, NONCE_BYTES, "hex");
  return reusedNonce;
}

const reusedNonce = Buffer.alloc(NONCE_BYTES);

/** One of few lengths, from which a server learns little; undefined for a text that is longer than all of them. */
function paddedLength(textBytes: number, deleted: boolean): number | undefined {
  if (deleted && textBytes <= TOMBSTONE_LENGTH) return TOMBSTONE_LENGTH;
  return PADDED_LENGTHS.find((length) => length >= textBytes);
}
