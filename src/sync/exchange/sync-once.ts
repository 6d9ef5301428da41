import type { EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { transaction } from "../../local/storage/database.ts";
import {
  forgetDeferred,
  listDeferredByOthers,
  markDeferredPending,
} from "../../local/sync-state/deferred-changes.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import { markRow, readRow } from "../../local/versions/rows.ts";
import { QuotaExceeded } from "../http/answer-meaning.ts";
import { applyChange } from "./apply-download-response.ts";
import { downloadAll } from "./download-all.ts";
import { prepareResync } from "./resync.ts";
import type { SyncSession } from "./sync-session.ts";
import type { ResyncRequired } from "./transport.ts";
import { type UploadEnd, uploadAll } from "./upload-all.ts";

/** How often a server may ask for a resync in one sync. */
const MAX_RESYNCS = 3;

/** One cycle: upload what is pending, download what is new, upload what that left pending. With an empty cursor
 *  it downloads to the end first. The caller holds the sync lock and has checked the account.
 *  Throws what the transport throws; whatever was stored before then stays and is true. */
export async function syncOnce(session: SyncSession): Promise<void> {
  applyDeferred(session);
  for (let resyncs = 0; ; resyncs++) {
    const resync = await runCycle(session);
    for (const error of resync ? [] : session.stopped.values()) throw error;
    if (!resync) return;
    if (resyncs === MAX_RESYNCS) throw new MoodsyncError("failure", "The server rejects its own cursors.");
    prepareResync(session, resync.reason);
  }
}

async function runCycle(session: SyncSession): Promise<ResyncRequired | null> {
  const { cursor, fullDownload } = readSyncConfig(session.db)!;
  const beganEmpty = cursor === null;
  if (beganEmpty || fullDownload !== "none")
    return (await downloadAll(session)) ?? (await uploadAll(session, { beganEmpty })).resync;
  const uploaded = await uploadAll(session, { beganEmpty }).catch(ignoreQuota);
  if (uploaded.resync) return uploaded.resync;
  if (uploaded.isAtHead) return null;
  const resync = await downloadAll(session);
  if (resync) return resync;
  return (await uploadAll(session, { beganEmpty })).resync;
}

/** An account without room for more still gets what is new, and only then fails: the upload after the download throws. */
function ignoreQuota(error: unknown): UploadEnd {
  if (error instanceof QuotaExceeded) return { resync: null, isAtHead: false };
  throw error;
}

/** Changes that another version of moodsync could not read, and this one perhaps can. */
function applyDeferred(session: SyncSession): void {
  const { db, appVersion, transport } = session;
  if (listDeferredByOthers(db, appVersion).length === 0) return;
  transaction(db, () => {
    for (const { change: deferred, isPending } of listDeferredByOthers(db, appVersion)) {
      forgetDeferred(db, deferred.entity_type, deferred.id);
      const change = transport.reopen?.(deferred) ?? deferred;
      const isTaken = applyChange(session, change);
      if (isPending && isTaken) markUnacknowledged(db, change);
      else if (isPending) markDeferredPending(db, change.entity_type, change.id);
    }
  });
}

/** The row of a change that was taken waits for the server, which must get it back. */
function markUnacknowledged(db: SyncSession["db"], { entity_type, id }: SyncChange): void {
  const row = readRow(db, entity_type as EntityType, id)!;
  markRow(db, row.entityType, id, { revision: row.revision, ackedRevision: 0, base: row.base });
}
