import { changeKey } from "../../domain/protocol/change-key.ts";
import type { ConflictInfo } from "../../domain/protocol/conflict.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import type { SyncUploadRequest, SyncUploadResponse } from "../../domain/protocol/upload.ts";
import { transaction } from "../../local/storage/database.ts";
import {
  acknowledgeDeferred,
  DEFERRED_REVISION,
  forgetUnreadable,
} from "../../local/sync-state/deferred-changes.ts";
import { forgetRejection, recordRejection } from "../../local/sync-state/rejected-changes.ts";
import { forgetSent, type SentVersion } from "../../local/sync-state/sent-versions.ts";
import { updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { acknowledgeRow, markRow, readRow } from "../../local/versions/rows.ts";
import type { UploadBatch } from "./build-upload-request.ts";
import { resolveConflict } from "./resolve-conflict.ts";
import type { SyncSession } from "./sync-session.ts";
import type { Opened } from "./transport.ts";

/** Records the answer to a batch, its cursors included, in one transaction before the next one goes out.
 *  Returns whether the server's head is now this device's cursor, so that there is nothing to download. */
export function recordUploadResponse(
  session: SyncSession,
  { changes }: UploadBatch,
  { request, response }: { request: SyncUploadRequest; response: SyncUploadResponse & Opened },
): { isAtHead: boolean } {
  const { db, counts, clockSkewMs } = session;
  const conflictByKey = new Map(response.conflicts.map((conflict) => [changeKey(conflict), conflict]));
  const appliedIds = new Set(response.applied_ids);
  const clock =
    response.server_time === undefined || clockSkewMs === null
      ? null
      : { serverTimeMs: response.server_time, skewMs: clockSkewMs };
  const isAtHead = response.server_cursor === response.head_cursor;

  transaction(db, () => {
    forgetUnreadable(db, response.opened_ids ?? []);
    let acknowledged = 0;
    for (const { version, change } of changes) {
      const conflict: ConflictInfo | undefined = conflictByKey.get(changeKey(change));
      if (!conflict && !appliedIds.has(change.id)) continue; // no answer: it goes again
      if (!version) recordDeferredAnswer(session, change, conflict);
      else if (conflict) resolveConflict(session, version, conflict, clock);
      else {
        acknowledge(session, version);
        acknowledged++;
      }
    }
    counts.uploaded += acknowledged;
    updateSyncConfig(db, {
      cursor: response.server_cursor,
      clockSkewMs,
      seenCursor: isAtHead ? null : (response.head_cursor ?? request.seen ?? null),
    });
  });
  return { isAtHead };
}

/** The server holds a deferred change, or a version that stands in its place. One that it rejects stays pending as an edit
 *  would, but waits for another version of moodsync; one that its clock finds too early goes again. */
function recordDeferredAnswer(
  { db, appVersion, nowMs }: SyncSession,
  { entity_type, id }: SyncChange,
  conflict: ConflictInfo | undefined,
): void {
  if (!conflict || conflict.server_change) acknowledgeDeferred(db, entity_type, id);
  else if (conflict.reason !== "clock_skew") {
    recordRejection(db, {
      entityType: entity_type,
      id,
      revision: DEFERRED_REVISION,
      reason: conflict.reason,
      detail: null,
      appVersion,
      nowMs: nowMs(),
    });
  }
}

/** The row stops being pending only if its revision is the one that was sent; either way what was sent is now
 *  what later edits were made from. */
function acknowledge({ db }: SyncSession, sent: SentVersion): void {
  const { entityType, id, revision } = sent;
  forgetSent(db, entityType, id);
  forgetRejection(db, entityType, id);
  if (acknowledgeRow(db, entityType, id, revision)) return;
  const row = readRow(db, entityType, id);
  if (row) markRow(db, entityType, id, { revision: row.revision, ackedRevision: revision, base: sent });
}
