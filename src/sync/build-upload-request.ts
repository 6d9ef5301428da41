import type { SyncChange } from "../domain/sync-change.ts";
import { formatUtc } from "../domain/timestamp.ts";
import type { SyncUploadRequest } from "../domain/upload.ts";
import { versionToChange } from "../domain/version.ts";
import { listPendingDeferred } from "../local/deferred-changes.ts";
import { hasOutgoing, listPending, listPendingTypes } from "../local/pending-changes.ts";
import type { StoredRow } from "../local/rows.ts";
import { listSent, recordSent, type SentVersion } from "../local/sent-versions.ts";
import { readSyncConfig } from "../local/sync-config.ts";
import type { SyncSession } from "./sync-session.ts";

/** One batch: the request, and which revision of which row each change is. A deferred change has none. */
export interface UploadBatch {
  request: SyncUploadRequest;
  sent: (SentVersion | { revision: null; change: SyncChange })[];
}

/** Collects the next batch of pending changes and records it as sent. A version that went out without an answer
 *  goes again unchanged, before what is newer of its row. Null when nothing is left but what `skip` names.
 *  Runs inside the caller's transaction. */
export function buildUploadRequest(session: SyncSession, skip: (key: string) => boolean): UploadBatch | null {
  const { db, limits } = session;
  if (!hasOutgoing(db)) return null;
  const batch: UploadBatch["sent"] = [];
  const inBatch = new Set<string>();
  let bytes = 0;
  const isFull = () => batch.length >= limits.batchChanges;

  /** False when the batch has no room for it. */
  function add(item: UploadBatch["sent"][number]): boolean {
    const key = changeKey(item.change);
    if (inBatch.has(key) || skip(key)) return true;
    const size = Buffer.byteLength(JSON.stringify(item.change));
    if (isFull() || (batch.length > 0 && bytes + size > limits.batchBytes)) return false;
    inBatch.add(key);
    batch.push(item);
    bytes += size;
    return true;
  }

  const sentBefore = listSent(db);
  const unanswered = new Set(sentBefore.map(({ change }) => changeKey(change)));
  let hasRoom = sentBefore.every(add);
  const sentNow: SentVersion[] = [];
  for (const row of hasRoom ? pendingRows(session) : []) {
    if (unanswered.has(changeKey({ entity_type: row.entityType, id: row.id }))) continue;
    const version = { revision: row.revision, change: rowToChange(row) };
    const count = batch.length;
    hasRoom = add(version);
    if (!hasRoom) break;
    if (batch.length > count) sentNow.push(version);
    hasRoom = !isFull(); // known before the next row is read in vain
    if (!hasRoom) break;
  }
  for (const version of sentNow) recordSent(db, version);
  if (hasRoom) {
    listPendingDeferred(db, limits.batchChanges).every((change) => add({ revision: null, change }));
  }
  if (batch.length === 0) return null;
  const config = readSyncConfig(db)!;
  const changes = batch.map(({ change }) => change);
  const request: SyncUploadRequest = { device_id: config.deviceId, client_cursor: config.cursor, changes };
  return { request: config.seenCursor ? { ...request, seen: config.seenCursor } : request, sent: batch };
}

/** Names a row: no two entity types share one. */
export function changeKey({ entity_type, id }: Pick<SyncChange, "entity_type" | "id">): string {
  return `${entity_type}/${id}`;
}

function* pendingRows({ db, appVersion }: SyncSession): Iterable<StoredRow> {
  for (const entityType of listPendingTypes(db)) yield* listPending(db, entityType, appVersion);
}

/** A change that asks to be refused rather than to overwrite what this device has not seen. */
function rowToChange(row: StoredRow): SyncChange {
  return { ...versionToChange(row), base_updated_at: row.base && formatUtc(row.base.updatedAtMs) };
}
