import { DEFAULT_PAGE_CHANGES, MAX_PAGE_BYTES } from "../../src/domain/limits.ts";
import { encodeCursor } from "../../src/domain/protocol/cursor.ts";
import type { SyncDownloadRequest, SyncDownloadResponse } from "../../src/domain/protocol/download.ts";
import type { ResyncReason } from "../../src/domain/protocol/error-code.ts";
import { versionToChange } from "../../src/domain/versions/version.ts";
import { giveWay } from "../http/give-way.ts";
import { findResyncReason, headCursor, type RequestCursors, readCursors, seqsOf } from "./cursors.ts";
import type { Page, SyncStore } from "./store.ts";

export type DownloadOutcome =
  | { status: "page"; response: SyncDownloadResponse }
  | { status: "resync_required"; reason: ResyncReason };

/** One page of what came after the device's cursor, from one snapshot. */
export async function download(
  { store }: { store: SyncStore },
  userId: string,
  request: SyncDownloadRequest,
): Promise<DownloadOutcome> {
  const cursors = readCursors(request.since, request.seen);
  if (cursors === null) return { status: "resync_required", reason: "unknown_cursor" };

  const page = await store.readPage(userId, {
    afterSeq: cursors.main.seq,
    limit: request.limit ?? DEFAULT_PAGE_CHANGES,
    maxBytes: MAX_PAGE_BYTES,
    seqs: seqsOf(cursors),
  });
  const reason = findResyncReason(cursors, page);
  if (reason !== null) return { status: "resync_required", reason };

  await giveWay();
  const response: SyncDownloadResponse = {
    server_cursor: page.hasMore ? pageCursor(cursors, page) : headCursor(page.head),
    changes: page.versions.map(versionToChange),
    has_more: page.hasMore,
    deletions_ahead: page.deletionsAhead,
    server_time: page.serverTimeMs,
  };
  return { status: "page", response };
}

/** A full download carries the purge horizon of its beginning until it ends, because a tombstone that is purged in the
 *  meantime would be missed. */
function pageCursor({ main, mainIsEmpty }: RequestCursors, page: Page): string {
  const { seq } = page.versions.at(-1)!;
  return encodeCursor({
    seq,
    nonce: page.lastNonce!,
    startHorizon: mainIsEmpty ? page.purgeHorizon : main.startHorizon,
  });
}
