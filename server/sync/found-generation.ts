import { decodeEnvelope, envelopeProblem, SEAL_FORMAT } from "../../src/domain/protocol/sealed-envelope.ts";
import type { FoundingRequest, SealingInfo } from "../../src/domain/protocol/sealing-info.ts";
import { findResyncReason, isAtHead, readCursors, seqsOf } from "./cursors.ts";
import type { UserPosition } from "./store.ts";

/** What a founding is decided on, from one snapshot. */
export interface FoundingSnapshot extends UserPosition {
  sealing: SealingInfo;
  /** What the account takes, and what its retired rows take beside that, in bytes. */
  storedBytes: number;
  retiredBytes: number;
}

export interface FoundingCommit {
  request: FoundingRequest;
  /** Of the key that the request came with. */
  apiKeyId: string | null;
  /** The head and the bytes that the decision was made on. */
  readSeq: number;
  readBytes: number;
  /** Of the founding, which takes one seq, as an upload does. */
  nonce: string;
}

/** Where foundings are stored. Each method is one statement on one snapshot. */
export interface FoundingStore {
  readForFounding(userId: string, seqs: readonly number[]): Promise<FoundingSnapshot>;
  /** Compares and swaps the generation, the head and the bytes: false, with nothing changed, when an upload or another
   *  founding came first. Throws `RevokedKey` when the key was revoked meanwhile. */
  commitFounding(userId: string, commit: FoundingCommit): Promise<boolean>;
}

export type FoundingOutcome =
  | { status: "founded" }
  /** The account is not of the generation that the request knows. */
  | { status: "generation_changed"; sealing: SealingInfo }
  /** The device has not downloaded everything. */
  | { status: "not_at_head" }
  /** `detail` is a sentence. */
  | { status: "refused"; detail: string }
  | { status: "malformed"; detail: string }
  /** The account would have more retired rows than its quota. */
  | { status: "quota_exceeded" }
  /** Uploads of the same user came first every time. */
  | { status: "contended" };

const MAX_ATTEMPTS = 20;

/** Founds an account's data anew: an empty generation, with everything before it retired. The same request may come again
 *  after a lost answer. */
export async function foundGeneration(
  context: {
    store: FoundingStore;
    newNonce(): string;
    pause(attempt: number): Promise<void>;
    apiKeyId?: string;
    quotaBytes?: number;
  },
  userId: string,
  request: FoundingRequest,
): Promise<FoundingOutcome> {
  const { store, newNonce, pause, apiKeyId = null, quotaBytes = Infinity } = context;
  const problem = requestProblem(request);
  if (problem !== null) return { status: "malformed", detail: problem };
  const cursors = readCursors(request.client_cursor, null);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const snapshot = await store.readForFounding(userId, seqsOf(cursors));
    const { sealing, head } = snapshot;
    if (isRepeat(request, sealing)) return { status: "founded" };
    if (sealing.generation !== request.from_generation) return { status: "generation_changed", sealing };
    const refusal = refusalOf(request, sealing);
    if (refusal !== null) return { status: "refused", detail: refusal };
    const knowsAll =
      cursors !== null && findResyncReason(cursors, snapshot) === null && isAtHead(cursors, head.seq);
    if (!knowsAll && !request.leaves_unread) return { status: "not_at_head" };
    if (passesQuota(snapshot, quotaBytes)) return { status: "quota_exceeded" };
    const { storedBytes: readBytes } = snapshot;
    const commit = { request, apiKeyId, readSeq: head.seq, readBytes, nonce: newNonce() };
    if (await store.commitFounding(userId, commit)) return { status: "founded" };
    await pause(attempt);
  }
  return { status: "contended" };
}

/** What is wrong with a request, whatever the account is. */
function requestProblem(request: FoundingRequest): string | null {
  const { generation, from_generation, format, key_id, key_check } = request;
  if (generation <= from_generation) return "generation must be higher than from_generation.";
  if (format === null && key_id === null && key_check === null) return null;
  if (format === null || key_id === null || key_check === null) {
    return "format, key_id and key_check must be null together.";
  }
  if (format !== SEAL_FORMAT) return `format must be ${SEAL_FORMAT}.`;
  const envelope = decodeEnvelope(key_check);
  if (envelope === null) return "key_check must be base64 in its one form.";
  const expected = { format, generation, deleted: false };
  const broken = envelopeProblem(envelope, expected);
  return broken === null ? null : `key_check ${broken.replace("account", "founding")}.`;
}

function isRepeat(
  request: FoundingRequest,
  { generation, key_id, key_check, founded_by }: SealingInfo,
): boolean {
  return (
    generation === request.generation &&
    key_id === request.key_id &&
    key_check === request.key_check &&
    founded_by === request.device_id
  );
}

/** The tables of plain accounts know no generation, so one is founded only where they are empty. */
function refusalOf({ key_id }: FoundingRequest, sealing: SealingInfo): string | null {
  if (key_id !== null) {
    return sealing.may_seal ? null : "Whoever runs this server keeps this account readable.";
  }
  if (sealing.key_id === null) return "The account is plain already.";
  return sealing.has_retired ? "Remove what is retired before the account is unsealed." : null;
}

/** The first founding is never refused, so that an account can take up to twice its quota for as long as a device fills the
 *  new generation. */
function passesQuota({ retiredBytes, storedBytes }: FoundingSnapshot, quotaBytes: number): boolean {
  return retiredBytes > 0 && retiredBytes + storedBytes > quotaBytes;
}
