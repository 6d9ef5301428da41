import type Database from "better-sqlite3";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { UNREADABLE_TYPE } from "../../domain/protocol/unreadable-change.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { statement } from "../storage/statements.ts";
import { parseStored } from "../storage/stored-json.ts";
import { forgetRejection } from "./rejected-changes.ts";

/** What a rejected deferred change has in place of a row's revision, which begins with 1. */
export const DEFERRED_REVISION = 0;

/** Keeps a downloaded change that this version cannot read, unless a newer version of it is kept already. */
export function deferChange(
  db: Database.Database,
  change: SyncChange,
  { appVersion, nowMs }: { appVersion: string; nowMs: number },
): void {
  statement(
    db,
    `insert into deferred_changes (entity_type, id, updated_at, change, app_version, received_at)
     values (?, ?, ?, ?, ?, ?)
     on conflict (entity_type, id) do update
       set updated_at = excluded.updated_at, change = excluded.change, pending = 0,
           app_version = excluded.app_version, received_at = excluded.received_at
       where excluded.updated_at >= deferred_changes.updated_at`,
  ).run(
    change.entity_type,
    change.id,
    timestampToMs(change.updated_at),
    JSON.stringify(change),
    appVersion,
    nowMs,
  );
}

/** How many changes wait for a version that can read them. */
export function countDeferred(db: Database.Database): number {
  return statement(db, "select count(*) from deferred_changes").pluck().get() as number;
}

/** Deferred changes that another version of moodsync put aside, for this one to try; `isPending`: the server must get them
 *  back. */
export function listDeferredByOthers(
  db: Database.Database,
  appVersion: string,
): { change: SyncChange; isPending: boolean }[] {
  const sql = "select change, pending from deferred_changes where app_version <> ? order by entity_type, id";
  const rows = statement(db, sql).all(appVersion) as { change: string; pending: number }[];
  return rows.map(({ change, pending }) => ({ change: parseStored(change), isPending: pending === 1 }));
}

/** Forgets a deferred change; nothing happens where there is none. */
export function forgetDeferred(db: Database.Database, entityType: string, id: string): void {
  statement(db, "delete from deferred_changes where entity_type = ? and id = ?").run(entityType, id);
}

/** How many changes wait that this device cannot open. */
export function countUnreadable(db: Database.Database): number {
  const sql = "select count(*) from deferred_changes where entity_type = ?";
  return statement(db, sql).pluck().get(UNREADABLE_TYPE) as number;
}

/** The changes that this device cannot open. */
export function listUnreadable(db: Database.Database): SyncChange[] {
  const sql = "select change from deferred_changes where entity_type = ? order by id";
  const texts = statement(db, sql).pluck().all(UNREADABLE_TYPE) as string[];
  return texts.map((text): SyncChange => parseStored(text));
}

/** Deferred changes of live entities that this device can open. */
export function listLiveDeferred(db: Database.Database): SyncChange[] {
  const sql = "select change from deferred_changes where entity_type <> ? order by entity_type, id";
  const texts = statement(db, sql).pluck().all(UNREADABLE_TYPE) as string[];
  return texts.map((text): SyncChange => parseStored(text)).filter(({ deleted }) => !deleted);
}

/** Forgets all changes that could not be opened: the generation that they are of is over. */
export function forgetAllUnreadable(db: Database.Database): void {
  statement(db, "delete from deferred_changes where entity_type = ?").run(UNREADABLE_TYPE);
}

/** Forgets those of these sealed ids that could not be opened: the server now holds another version of them. */
export function forgetUnreadable(db: Database.Database, sealedIds: readonly string[]): void {
  if (sealedIds.length === 0 || countUnreadable(db) === 0) return;
  for (const id of sealedIds) {
    forgetDeferred(db, UNREADABLE_TYPE, id);
    forgetRejection(db, UNREADABLE_TYPE, id);
  }
}

/** Up to `limit` deferred changes that a server which lost its data must get back, without those that it has rejected. */
export function listPendingDeferred(db: Database.Database, appVersion: string, limit: number): SyncChange[] {
  const sql = `select change from deferred_changes as deferred
    where pending = 1 and not exists (
      select 1 from rejected_changes as rejected
      where rejected.entity_type = deferred.entity_type and rejected.id = deferred.id
        and rejected.revision = ${DEFERRED_REVISION} and rejected.app_version = ?)
    order by entity_type, id limit 0 + ?`;
  return (statement(db, sql).pluck().all(appVersion, limit) as string[]).map((change) => parseStored(change));
}

/** Makes every deferred change pending: the server may have lost any of them. */
export function markAllDeferredPending(db: Database.Database): void {
  statement(db, "update deferred_changes set pending = 1").run();
}

/** Makes one deferred change pending; nothing happens where there is none. */
export function markDeferredPending(db: Database.Database, entityType: string, id: string): void {
  statement(db, "update deferred_changes set pending = 1 where entity_type = ? and id = ?").run(
    entityType,
    id,
  );
}

/** The server has this deferred change again. */
export function acknowledgeDeferred(db: Database.Database, entityType: string, id: string): void {
  statement(db, "update deferred_changes set pending = 0 where entity_type = ? and id = ?").run(
    entityType,
    id,
  );
}
