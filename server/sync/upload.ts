import { MAX_CHANGES_OF_ONE_ENTITY, MAX_STANDING_BYTES } from "../../src/domain/limits.ts";
import type { ResyncReason } from "../../src/domain/protocol/error-code.ts";
import type { SyncUploadRequest } from "../../src/domain/protocol/upload.ts";
import { giveWay } from "../http/give-way.ts";
import type { Content, Kind } from "./content.ts";
import { findResyncReason, headCursor, isAtHead, readCursors, seqsOf } from "./cursors.ts";
import { isOfGeneration } from "./generation.ts";
import { mergeUpload, type UploadedChange } from "./merge.ts";
import type { Head, SyncStore } from "./store.ts";

export interface UploadContext<K extends Kind> {
  store: SyncStore<K>;
  /** 32 random hexadecimal digits. */
  newNonce(): string;
  /** Waits a little, and longer with each attempt, so that uploads that met do not meet again. */
  pause(attempt: number): Promise<void>;
  /** Of the key that the upload came with. */
  keyId?: string;
  /** What the account may take. */
  quotaBytes?: number;
}

/** The `SyncUploadRequest` of a kind. */
export type UploadRequest<K extends Kind> = Omit<SyncUploadRequest, "changes"> & { changes: K["change"][] };

/** The `SyncUploadResponse` of a kind. */
export interface UploadAnswer<K extends Kind> {
  server_cursor: string;
  head_cursor: string;
  applied_ids: string[];
  conflicts: K["conflict"][];
  server_time: number;
}

export type UploadOutcome<K extends Kind> =
  | { status: "accepted"; response: UploadAnswer<K>; attempts: number }
  /** The account is not, or no longer, of the kind that was uploaded. */
  | { status: "other_generation" }
  | { status: "resync_required"; reason: ResyncReason }
  /** What the upload touches, or what it would be answered with, is too much for one request. */
  | { status: "too_large" }
  /** The account would take more than its quota. */
  | { status: "quota_exceeded" }
  /** Other uploads of the same user came first every time. */
  | { status: "contended" };

/** With 16 devices of one user that upload at the same moment, none came near it. */
const MAX_ATTEMPTS = 20;

/** Merges the changes of one device into the user's versions. Nothing is held open between the read and the write: the
 *  write succeeds only if the head is still the one that was read, and is otherwise decided anew. */
export async function upload<K extends Kind>(
  { store, newNonce, pause, keyId, quotaBytes = Infinity }: UploadContext<K>,
  userId: string,
  request: UploadRequest<K>,
): Promise<UploadOutcome<K>> {
  const { content } = store;
  const cursors = readCursors(request.client_cursor, request.seen);
  const isTooMany = mostOfOneEntity(content, request.changes) > MAX_CHANGES_OF_ONE_ENTITY;
  if (cursors !== null && isTooMany) return { status: "too_large" };
  const changes: UploadedChange<K>[] = [];
  for (const change of request.changes) {
    await giveWay();
    changes.push({ change, parsed: content.parse(change) });
  }
  const versions = changes.flatMap(({ parsed }) => (parsed.status === "valid" ? [parsed.version] : []));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const snapshot = await store.readForUpload(userId, {
      keyId: keyId ?? null,
      versions,
      seqs: seqsOf(cursors),
      maxBytes: MAX_STANDING_BYTES,
    });
    if (!isOfGeneration(content.generation, snapshot.generation)) return { status: "other_generation" };
    if (cursors === null) return { status: "resync_required", reason: "unknown_cursor" };
    const reason = findResyncReason(cursors, snapshot);
    if (reason !== null) return { status: "resync_required", reason };

    if (snapshot.standingBytes > MAX_STANDING_BYTES) return { status: "too_large" };
    await giveWay();
    const merged = mergeUpload(content, changes, snapshot, request.device_id);
    if (merged.conflictBytes > MAX_STANDING_BYTES) return { status: "too_large" };
    const grows = merged.newBytes > snapshot.storedBytes;
    if (grows && merged.newBytes > quotaBytes && !merged.onlyDeletes) return { status: "quota_exceeded" };
    const head = nextHead(snapshot, merged.newSeq, newNonce);
    await giveWay();
    const isRepeat = merged.stored.length === 0 && merged.history.length === 0;
    const committed =
      isRepeat ||
      (await store.commitUpload(userId, {
        deviceId: request.device_id,
        keyId: keyId ?? null,
        readSeq: snapshot.head.seq,
        readBytes: snapshot.storedBytes,
        newBytes: merged.newBytes,
        newSeq: merged.newSeq,
        nonce: head.nonce,
        stored: merged.stored,
        history: merged.history,
        appliedCount: merged.appliedIds.length,
        conflictCount: merged.conflicts.length,
      }));
    if (committed) {
      const mayAdoptHead = isAtHead(cursors, snapshot.head.seq);
      const response: UploadAnswer<K> = {
        server_cursor: mayAdoptHead ? headCursor(head) : request.client_cursor || headCursor(cursors.main),
        head_cursor: headCursor(head),
        applied_ids: merged.appliedIds,
        conflicts: merged.conflicts,
        server_time: snapshot.serverTimeMs,
      };
      return { status: "accepted", response, attempts: attempt };
    }
    await pause(attempt);
  }
  return { status: "contended" };
}

function nextHead({ head }: { head: Head }, newSeq: number, newNonce: () => string): Head {
  return newSeq === head.seq ? head : { seq: newSeq, nonce: newNonce() };
}

function mostOfOneEntity<K extends Kind>({ keyOf }: Content<K>, changes: readonly K["change"][]): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const change of changes) {
    const key = keyOf(change);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    most = Math.max(most, count);
  }
  return most;
}
