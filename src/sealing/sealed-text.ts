import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
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
  /** 16 bytes. */
  sealedId: Buffer;
  updatedAtMs: number;
  deleted: boolean;
}

const HEADER_BYTES = ENVELOPE_OVERHEAD_BYTES - TAG_BYTES;
const CIPHER = "chacha20-poly1305";
const SPACE = 0x20;

/** The envelope of a text. Null where it is longer than an envelope holds. */
export function sealText(keys: SealingKeys, version: EnvelopeVersion, text: string): Buffer | null {
  const padded = pad(Buffer.from(text), version.deleted);
  if (!padded) return null;
  const associated = associatedData(keys, version);
  const nonce = nonceOf(keys, associated, padded);
  const cipher = createCipheriv(CIPHER, keys.seal, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated, { plaintextLength: padded.length });
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(SEAL_FORMAT, 0);
  header.writeUInt32BE(keys.generation, 1);
  nonce.copy(header, HEADER_BYTES - NONCE_BYTES);
  return Buffer.concat([header, cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
}

/** The text in an envelope, with the spaces behind it; null where it does not open as this version. */
export function openText(keys: SealingKeys, version: EnvelopeVersion, envelope: Buffer): Buffer | null {
  const header = readEnvelopeHeader(envelope);
  if (header?.format !== SEAL_FORMAT || header.generation !== keys.generation) return null;
  const associated = associatedData(keys, version);
  const sealed = envelope.subarray(HEADER_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, keys.seal, header.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated, { plaintextLength: sealed.length });
  decipher.setAuthTag(envelope.subarray(-TAG_BYTES));
  const padded = decipher.update(sealed);
  try {
    decipher.final();
  } catch {
    return null;
  }
  // One that its writer chose another way could open under two keys.
  return timingSafeEqual(nonceOf(keys, associated, padded), header.nonce) ? padded : null;
}

/** Format, account, generation, sealed id, time and whether it is deleted, at fixed places: 46 bytes. */
export function associatedData(
  { associated }: SealingKeys,
  { sealedId, updatedAtMs, deleted }: EnvelopeVersion,
): Buffer {
  const rest = Buffer.alloc(9);
  rest.writeBigInt64BE(BigInt(updatedAtMs), 0);
  rest.writeUInt8(deleted ? 1 : 0, 8);
  return Buffer.concat([associated, sealedId, rest]);
}

/** Derived from what is sealed: no two texts share one, not even after a database was copied. */
function nonceOf({ nonce }: SealingKeys, associated: Buffer, padded: Buffer): Buffer {
  return Buffer.from(nonce.hexOf(associated, padded).slice(0, 2 * NONCE_BYTES), "hex");
}

/** With spaces behind it, which JSON ignores, to one of few lengths: a server learns little from a size. */
function pad(text: Buffer, deleted: boolean): Buffer | null {
  const fits = (length: number) => length >= text.length;
  const length = deleted && fits(TOMBSTONE_LENGTH) ? TOMBSTONE_LENGTH : PADDED_LENGTHS.find(fits);
  if (length === undefined) return null;
  const padded = Buffer.alloc(length, SPACE);
  text.copy(padded);
  return padded;
}
