import type { Version } from "../../domain/versions/version.ts";
import { forgetOutgoing } from "../../local/sync-state/pending-changes.ts";
import { type HistoryEnding, recordHistory } from "../../local/versions/history.ts";
import { type StoredRow, storeVersion } from "../../local/versions/rows.ts";
import type { SyncSession } from "./sync-session.ts";

/** Makes the server's version the one that stands here instead of `row`, acknowledged; what stood goes to history, and
 *  what was sent or rejected of it is forgotten. Throws when it would be one deletion too many for this sync. */
export function takeVersion(
  { db, guard }: SyncSession,
  { row, version }: { row: StoredRow | null; version: Version },
  ending: Omit<HistoryEnding, "winnerHash">,
): void {
  guard.count(deletes(row, version));
  if (row && row.contentHash !== version.contentHash) {
    recordHistory(db, row, { ...ending, winnerHash: version.contentHash });
  }
  const revision = (row?.revision ?? 0) + 1;
  storeVersion(db, version, { revision, ackedRevision: revision, base: version });
  forgetOutgoing(db, version.entityType, version.id);
}

/** 1 when a version would delete what lives here. */
export function deletes(row: StoredRow | null, version: Version): number {
  return version.deleted && row && !row.deleted ? 1 : 0;
}
