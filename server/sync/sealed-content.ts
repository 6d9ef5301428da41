import type { SealedChange, SealedConflict } from "../../src/domain/protocol/sealed-change.ts";
import {
  decodeEnvelope,
  envelopeHash,
  envelopeProblem,
  SEAL_FORMAT,
} from "../../src/domain/protocol/sealed-envelope.ts";
import { formatUtc, timestampToMs } from "../../src/domain/time/timestamp.ts";
import type { Content, Parsed } from "./content.ts";
import type { AskedGeneration } from "./generation.ts";

/** One version of an entity that the server cannot read. */
export interface SealedVersion {
  id: string;
  updatedAtMs: number;
  deleted: boolean;
  /** In base64. */
  envelope: string;
  /** Of the envelope: equal hashes mean the same version, because the same version is sealed to the same bytes. */
  contentHash: string;
}

export interface Sealed {
  version: SealedVersion;
  change: SealedChange;
  conflict: SealedConflict;
}

/** Envelopes of one generation. */
export function sealedContent(generation: NonNullable<AskedGeneration>): Content<Sealed> {
  return {
    generation,
    parse: (change) => parseSealedChange(change, generation),
    toChange: ({ id, updatedAtMs, deleted, envelope }) => ({
      id,
      updated_at: formatUtc(updatedAtMs),
      deleted,
      envelope,
    }),
    keyOf: ({ id }) => id,
    toConflict: ({ id }, rejection) => ({ id, ...rejection }),
    bytesOf: ({ envelope }) => envelope.length,
  };
}

/** All that can be checked of a sealed change without its key. */
function parseSealedChange(
  { id, updated_at, deleted, envelope }: SealedChange,
  { generation }: { generation: number },
): Parsed<Sealed> {
  const bytes = decodeEnvelope(envelope);
  if (bytes === null) return { status: "invalid", detail: "envelope must be base64 in its one form" };
  const problem = envelopeProblem(bytes, { format: SEAL_FORMAT, generation, deleted });
  if (problem !== null) return { status: "invalid", detail: `envelope ${problem}` };
  const updatedAtMs = timestampToMs(updated_at);
  return {
    status: "valid",
    version: { id, updatedAtMs, deleted, envelope, contentHash: envelopeHash(bytes) },
  };
}
