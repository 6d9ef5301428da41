import { hash } from "node:crypto";

/** The only form of envelope that there is. It belongs to a generation: all devices of one seal alike. */
export const SEAL_FORMAT = 1;

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const NONCE_AT = 5;
/** What an envelope is longer than its padded text: format (1), generation (4), nonce, tag. */
export const ENVELOPE_OVERHEAD_BYTES = NONCE_AT + NONCE_BYTES + TAG_BYTES;

/** The lengths to which text is padded, in bytes: what is longer than the last cannot be sealed. */
export const PADDED_LENGTHS: readonly number[] = [
  512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536, 98_304,
];
/** The shortest length of a tombstone's text; a longer one is padded like any other. */
export const TOMBSTONE_LENGTH = 128;

/** What stands before the sealed bytes, for everybody to read. */
export interface EnvelopeHeader {
  format: number;
  generation: number;
  nonce: Buffer;
}

/** Null for what is too short to hold a header and a tag. */
export function readEnvelopeHeader(envelope: Buffer): EnvelopeHeader | null {
  if (envelope.length < ENVELOPE_OVERHEAD_BYTES) return null;
  return {
    format: envelope[0]!,
    generation: envelope.readUInt32BE(1),
    nonce: envelope.subarray(NONCE_AT, NONCE_AT + NONCE_BYTES),
  };
}

/** The bytes of an envelope as it is sent: standard base64 with padding. Null for any other text, also for one that
 *  decodes to the same bytes. */
export function decodeEnvelope(base64: string): Buffer | null {
  const envelope = Buffer.from(base64, "base64");
  // Decoding skips what is no base64, so other texts would pass for this one.
  return envelope.toString("base64") === base64 ? envelope : null;
}

/** Names the content of an envelope to the server: the first 8 bytes of its SHA-256, in 16 hexadecimal digits. */
export function envelopeHash(envelope: Uint8Array): string {
  return hash("sha256", envelope, "hex").slice(0, 16);
}

/** The rule that an envelope breaks, or null: all that can be checked without the key. A tombstone (`deleted`) has a
 *  length more to choose from. */
export function envelopeProblem(
  envelope: Buffer,
  expected: { format: number; generation: number; deleted: boolean },
): string | null {
  const header = readEnvelopeHeader(envelope);
  if (header === null) return "must have a header and a tag";
  if (header.format !== expected.format) return "must have the format of the account";
  if (header.generation !== expected.generation) return "must be of the account's generation";
  const length = envelope.length - ENVELOPE_OVERHEAD_BYTES;
  const isListed = PADDED_LENGTHS.includes(length) || (expected.deleted && length === TOMBSTONE_LENGTH);
  return isListed ? null : "must have one of the padded lengths";
}
