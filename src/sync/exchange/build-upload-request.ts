import { changeKey } from "../../domain/protocol/change-key.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import type { SyncUploadRequest } from "../../domain/protocol/upload.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { versionToChange } from "../../domain/versions/version.ts";
import { DEFERRED_REVISION, listPendingDeferred } from "../../local/sync-state/deferred-changes.ts";
import { listPending, listPendingTypes } from "../../local/sync-state/pending-changes.ts";
import { recordRejection } from "../../local/sync-state/rejected-changes.ts";
import { forgetSent, listSent, recordSent, type SentVersion } from "../../local/sync-state/sent-versions.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import type { SyncSession } from "./sync-session.ts";

/** The changes of one upload, each with the version that it is. A deferred change has none. */
export interface UploadBatch {
  changes: { version: SentVersion | null; change: SyncChange }[];
  /** The rows that they are of (`changeKey`). */
  keys: ReadonlySet<string>;
  /** Of their JSON. */
  bytes: number;
  /** Nothing was left out for want of room. */
  holdsAll: boolean;
}

/** Collects the next batch of pending changes and records it as sent. A version that went out without an answer
 *  goes again unchanged, before what is newer of its row. Null when nothing is left but what `skip` and `skipChange`
 *  name. Runs inside the caller's transaction. */
export function takeUploadBatch(
  session: SyncSession,
  skip: (key: string) => boolean,
  skipChange: (change: SyncChange) => boolean,
): UploadBatch | null {
  const { db, sizes, appVersion, transport } = session;
  const changes: UploadBatch["changes"] = [];
  const tooLarge: UploadBatch["changes"] = [];
  const keys = new Set<string>();
  let bytes = 0;
  const isFull = () => changes.length >= sizes.batchChanges;

  /** False when the batch has no room for it. */
  function add(item: UploadBatch["changes"][number]): boolean {
    const key = changeKey(item.change);
    if (keys.has(key) || skip(key) || skipChange(item.change)) return true;
    const size = transport.measure
      ? transport.measure(item.change)
      : Buffer.byteLength(JSON.stringify(item.change));
    if (size === null) {
      tooLarge.push(item);
      return true;
    }
    if (isFull() || (changes.length > 0 && bytes + size > sizes.batchBytes)) return false;
    keys.add(key);
    changes.push(item);
    bytes += size;
    return true;
  }

  const addVersion = (version: SentVersion) => add({ version, change: toChange(session, version) });
  const sentBefore = listSent(db, skip);
  let hasRoom = sentBefore.every(addVersion);
  const sentNow: SentVersion[] = [];
  for (const row of hasRoom ? pendingRows(session) : []) {
    const count = changes.length;
    hasRoom = addVersion(row);
    if (!hasRoom) break;
    if (changes.length > count) sentNow.push(row);
    hasRoom = !isFull(); // known before the next row is read in vain
    if (!hasRoom) break;
  }
  for (const version of sentNow) recordSent(db, version);
  if (hasRoom) {
    const deferred = listPendingDeferred(db, appVersion, sizes.batchChanges);
    hasRoom = deferred.every((change) => add({ version: null, change }));
  }
  for (const item of tooLarge) rejectTooLarge(session, item);
  return changes.length > 0 ? { changes, keys, bytes, holdsAll: hasRoom && !isFull() } : null;
}

/** A change that is too large for any server is rejected: it waits for an edit. Runs inside the caller's transaction. */
export function rejectTooLarge(
  { db, appVersion, nowMs }: SyncSession,
  { version, change }: UploadBatch["changes"][number],
): void {
  forgetSent(db, change.entity_type, change.id);
  recordRejection(db, {
    entityType: change.entity_type,
    id: change.id,
    revision: version?.revision ?? DEFERRED_REVISION,
    reason: "too_large",
    detail: null,
    appVersion,
    nowMs: nowMs(),
  });
}

/** The request of a batch, with the cursors that are stored when it goes out. */
export function buildUploadRequest({ db }: SyncSession, { changes }: UploadBatch): SyncUploadRequest {
  const config = readSyncConfig(db)!;
  return {
    device_id: config.deviceId,
    client_cursor: config.cursor,
    ...(config.seenCursor ? { seen: config.seenCursor } : {}),
    changes: changes.map(({ change }) => change),
  };
}

function* pendingRows({ db, appVersion }: SyncSession): Iterable<StoredRow> {
  for (const entityType of listPendingTypes(db)) yield* listPending(db, entityType, appVersion);
}

/** A change that asks to be rejected rather than to overwrite what this device has not seen. */
function toChange({ abilities }: SyncSession, version: SentVersion): SyncChange {
  const change = versionToChange(version);
  if (abilities.merges) change.base_updated_at = version.base && formatUtc(version.base.updatedAtMs);
  return change;
}
