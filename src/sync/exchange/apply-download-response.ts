import type { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { decideDownload } from "../../domain/versions/merge.ts";
import { tombstone, type Version } from "../../domain/versions/version.ts";
import { transaction } from "../../local/storage/database.ts";
import { deferChange, forgetUnreadable } from "../../local/sync-state/deferred-changes.ts";
import {
  clearDeliveredMarks,
  listUndelivered,
  markDelivered,
} from "../../local/sync-state/full-download-marks.ts";
import { readSyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { recordHistory } from "../../local/versions/history.ts";
import { markRow, readRow, type StoredRow } from "../../local/versions/rows.ts";
import { readChange } from "./abilities.ts";
import { mergeIntoPending } from "./resolve-conflict.ts";
import type { SyncSession } from "./sync-session.ts";
import { takeVersion } from "./take-version.ts";
import type { Opened } from "./transport.ts";

/** Stores one page and its cursor in one transaction, re-reading every local row inside it. */
export function applyDownloadResponse(session: SyncSession, response: SyncDownloadResponse & Opened): void {
  const { db, counts, clockSkewMs } = session;
  transaction(db, () => {
    const { fullDownload, cursor } = readSyncConfig(db)!;
    forgetUnreadable(db, response.opened_ids ?? []);
    let taken = 0;
    for (const change of response.changes) {
      if (fullDownload === "expired") markDelivered(db, change.entity_type, change.id);
      if (applyChange(session, change)) taken++;
    }
    if (response.has_more) {
      const begun = cursor === null && fullDownload === "none" ? "resync" : fullDownload;
      updateSyncConfig(db, { cursor: response.server_cursor, fullDownload: begun, clockSkewMs });
    } else {
      if (fullDownload === "expired") deleteUndelivered(session);
      if (fullDownload !== "none") clearDeliveredMarks(db);
      updateSyncConfig(db, {
        cursor: response.server_cursor,
        seenCursor: null,
        fullDownload: "none",
        clockSkewMs,
      });
    }
    counts.downloaded += taken;
  });
}

/** True when the change is now what stands here. One that this version cannot read is kept for a later one. */
export function applyChange(session: SyncSession, change: SyncChange): boolean {
  const { db, appVersion, abilities } = session;
  const nowMs = session.nowMs();
  const parsed = readChange(abilities, change);
  if (parsed.status !== "valid") {
    deferChange(db, change, { appVersion, nowMs });
    return false;
  }
  const { version } = parsed;
  const row = readRow(db, version.entityType, version.id);
  switch (decideDownload(row, version)) {
    case "take":
      takeVersion(session, { row, version }, { outcome: "replaced", nowMs });
      return true;
    case "keep_and_repair":
      sendAgain(session, row!, version);
      return false;
    case "leave_pending":
      if (session.isFounding) mergeIntoPending(session, row!, version);
      return false;
    case "same":
      return false;
  }
}

/** The server holds an older version than this device, acknowledged or not: it went back in time. */
function sendAgain({ db, nowMs }: SyncSession, row: StoredRow, older: Version): void {
  recordHistory(
    db,
    { ...older, content: older.entity },
    { outcome: "replaced", winnerHash: row.contentHash, nowMs: nowMs() },
  );
  markRow(db, older.entityType, older.id, {
    revision: row.revision + 1,
    ackedRevision: row.ackedRevision,
    base: older,
  });
}

/** What an expired cursor's full download did not deliver was deleted and purged while this device was away. The
 *  tombstones keep the rows' own time and are not sent. */
function deleteUndelivered(session: SyncSession): void {
  const ending = { outcome: "replaced", nowMs: session.nowMs() } as const;
  for (const row of listUndelivered(session.db)) {
    takeVersion(session, { row, version: tombstone(row.entityType, row.id, row.updatedAtMs) }, ending);
  }
}
