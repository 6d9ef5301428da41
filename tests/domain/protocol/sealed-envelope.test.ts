import { describe, expect, test } from "vitest";
import {
  decodeEnvelope,
  ENVELOPE_OVERHEAD_BYTES,
  envelopeHash,
  envelopeProblem,
  NONCE_BYTES,
  PADDED_LENGTHS,
  readEnvelopeHeader,
  SEAL_FORMAT,
  TAG_BYTES,
  TOMBSTONE_LENGTH,
} from "../../../src/domain/protocol/sealed-envelope.ts";

const GENERATION = 0x01020304;
const NONCE = "a1a2a3a4a5a6a7a8a9aaabac";

function envelopeOf(paddedLength: number, { format = SEAL_FORMAT, generation = GENERATION } = {}): Buffer {
  const envelope = Buffer.alloc(paddedLength + ENVELOPE_OVERHEAD_BYTES, 7);
  envelope[0] = format;
  envelope.writeUInt32BE(generation, 1);
  envelope.write(NONCE, 5, "hex");
  return envelope;
}

const problemOf = (envelope: Buffer, { deleted = false } = {}) =>
  envelopeProblem(envelope, { format: SEAL_FORMAT, generation: GENERATION, deleted });

describe("the header of an envelope", () => {
  test("is format, generation and nonce, in this order", () => {
    const { format, generation, nonce } = readEnvelopeHeader(envelopeOf(512))!;
    expect([format, generation, nonce.toString("hex")]).toEqual([SEAL_FORMAT, GENERATION, NONCE]);
  });

  test("has any generation of four bytes", () => {
    expect(readEnvelopeHeader(envelopeOf(512, { generation: 0xffffffff }))!.generation).toBe(4_294_967_295);
  });

  test("and a tag are what an envelope has beside its text", () => {
    const { nonce } = readEnvelopeHeader(envelopeOf(512))!;
    expect([nonce.length, 1 + 4 + nonce.length + TAG_BYTES]).toEqual([NONCE_BYTES, ENVELOPE_OVERHEAD_BYTES]);
  });

  test("is in nothing shorter than it and a tag", () => {
    expect(readEnvelopeHeader(Buffer.alloc(32))).toBeNull();
    expect(readEnvelopeHeader(Buffer.alloc(33))).not.toBeNull();
  });
});

describe("without the key an envelope", () => {
  test.each([
    ...[0, 127, 129, 511, 513, 767, 769, 1_023, 98_303, 98_305].map((length) => [length, "live", false]),
    ...[0, 127, 129, 511, 513, 98_305].map((length) => [length, "deleted", false]),
    [TOMBSTONE_LENGTH, "live", false],
    [TOMBSTONE_LENGTH, "deleted", true],
    ...PADDED_LENGTHS.flatMap((length) => [
      [length, "live", true],
      [length, "deleted", true],
    ]),
  ] as [number, string, boolean][])("of %i bytes of text, %s: %s", (length, kind, isAccepted) => {
    const problem = problemOf(envelopeOf(length), { deleted: kind === "deleted" });
    expect(problem).toBe(isAccepted ? null : "must have one of the padded lengths");
  });

  test("must be of the account's format and generation", () => {
    expect(problemOf(envelopeOf(512, { format: 2 }))).toBe("must have the format of the account");
    expect(problemOf(envelopeOf(512, { generation: 1 }))).toBe("must be of the account's generation");
    expect(problemOf(Buffer.alloc(32))).toBe("must have a header and a tag");
  });
});

test("an envelope is read in its one form of base64 only", () => {
  const envelope = envelopeOf(512);
  const base64 = envelope.toString("base64");
  expect(decodeEnvelope(base64)).toEqual(envelope);
  expect(decodeEnvelope("")).toEqual(Buffer.alloc(0));
  const bits = Buffer.from([0xfb, 0xff, 0xfe, 0x01]);
  expect(decodeEnvelope("+//+AQ==")).toEqual(bits);
  for (const other of ["+//+AQ", "-__-AQ==", "+//+AR==", " +//+AQ==", "+//+\nAQ==", "+//+AQ==AQ==", "é"]) {
    expect([other, decodeEnvelope(other)]).toEqual([other, null]);
  }
});

test("the hash of an envelope is the beginning of its SHA-256", () => {
  // SHA-256 of "abc", as FIPS 180-4 has it.
  expect(envelopeHash(Buffer.from("abc"))).toBe("ba7816bf8f01cfea");
});
