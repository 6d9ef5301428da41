import { DEFAULT_PAGE_CHANGES, MAX_PAGE_BYTES } from "../../src/domain/limits.ts";
import { encodeCursor } from "../../src/domain/protocol/cursor.ts";
import type { SyncDownloadRequest } from "../../src/domain/protocol/download.ts";
import type { ResyncReason } from "../../src/domain/protocol/error-code.ts";
import { giveWay } from "../http/give-way.ts";
import type { AnyVersion, Kind } from "./content.ts";
import { findResyncReason, headCursor, type RequestCursors, readCursors, seqsOf } from "./cursors.ts";
import { isOfGeneration } from "./generation.ts";
import type { Page, SyncStore } from "./store.ts";

/** The `SyncDownloadResponse` of a kind. */
export interface DownloadAnswer<K extends Kind> {
  server_cursor: string;
  changes: K["change"][];
  has_more: boolean;
  deletions_ahead: number;
  server_time: number;
}

export type DownloadOutcome<K extends Kind> =
  | { status: "page"; response: DownloadAnswer<K> }
  /** The account is not, or no longer, of the kind that was asked for. */
  | { status: "other_generation" }
  | { status: "resync_required"; reason: ResyncReason };

/** One page of what came after the device's cursor, from one snapshot. */
export async function download<K extends Kind>(
  { store }: { store: SyncStore<K> },
  userId: string,
  request: SyncDownloadRequest,
): Promise<DownloadOutcome<K>> {
  const cursors = readCursors(request.since, request.seen);
  const page = await store.readPage(userId, {
    afterSeq: cursors?.main.seq ?? 0,
    limit: request.limit ?? DEFAULT_PAGE_CHANGES,
    maxBytes: MAX_PAGE_BYTES,
    seqs: seqsOf(cursors),
  });
  if (!isOfGeneration(store.content.generation, page.generation)) return { status: "other_generation" };
  if (cursors === null) return { status: "resync_required", reason: "unknown_cursor" };
  const reason = findResyncReason(cursors, page);
  if (reason !== null) return { status: "resync_required", reason };

  await giveWay();
  const response: DownloadAnswer<K> = {
    server_cursor: page.hasMore ? pageCursor(cursors, page) : headCursor(page.head),
    changes: page.versions.map(store.content.toChange),
    has_more: page.hasMore,
    deletions_ahead: page.deletionsAhead,
    server_time: page.serverTimeMs,
  };
  return { status: "page", response };
}

/** A full download carries the purge horizon of its beginning until it ends, because a tombstone that is purged in the
 *  meantime would be missed. */
function pageCursor({ main, mainIsEmpty }: RequestCursors, page: Page<AnyVersion>): string {
  const { seq } = page.versions.at(-1)!;
  return encodeCursor({
    seq,
    nonce: page.lastNonce!,
    startHorizon: mainIsEmpty ? page.purgeHorizon : main.startHorizon,
  });
}
