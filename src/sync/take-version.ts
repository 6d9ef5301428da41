import type { Version } from "../domain/version.ts";
import { forgetDeferred } from "../local/deferred-changes.ts";
import { type HistoryEnding, recordHistory } from "../local/history.ts";
import { forgetRejection } from "../local/pending-changes.ts";
import { readRow, type StoredRow, storeVersion } from "../local/rows.ts";
import { forgetSent } from "../local/sent-versions.ts";
import type { SyncSession } from "./sync-session.ts";

/** Makes the server's version the one that stands here, acknowledged; what stood goes to history, and what was
 *  sent or refused of it is forgotten. Throws when it would be one deletion too many for this sync. */
export function takeVersion(
  { db, guard }: SyncSession,
  version: Version,
  ending: Omit<HistoryEnding, "winnerHash">,
): void {
  const row = readRow(db, version.entityType, version.id);
  guard.count(deletes(row, version));
  if (row && row.contentHash !== version.contentHash) {
    recordHistory(db, row, { ...ending, winnerHash: version.contentHash });
  }
  const revision = (row?.revision ?? 0) + 1;
  storeVersion(db, version, { revision, ackedRevision: revision, base: version });
  forgetSent(db, version.entityType, version.id);
  forgetRejection(db, version.entityType, version.id);
  forgetDeferred(db, version.entityType, version.id);
}

/** 1 when a version would delete what lives here. */
export function deletes(row: StoredRow | null, version: Version): number {
  return version.deleted && row && !row.deleted ? 1 : 0;
}
