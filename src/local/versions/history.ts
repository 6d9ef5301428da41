import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { VersionStamp } from "../../domain/versions/version.ts";
import { statement } from "../storage/statements.ts";
import { parseStored } from "../storage/stored-json.ts";

/** A version that no longer stands on this device. */
export interface PastVersion {
  entityType: EntityType;
  id: string;
  updatedAtMs: number;
  contentHash: string;
  deleted: boolean;
  /** The entity in wire shape; of a tombstone what was deleted; null where that was never here. */
  content: Entity | null;
}

/** How a version ended: replaced by a later one, lost against one, or merged into one. */
export interface HistoryEnding {
  outcome: "replaced" | "lost" | "merged";
  /** The conflict's reason, where sync decided. */
  reason?: string;
  /** Content hash of the version that stands instead. */
  winnerHash?: string;
  /** The device that wrote the version that stands instead, where the server reported it. */
  winnerDeviceId?: string;
  /** The command that replaced it. */
  commandId?: number;
  nowMs: number;
}

/** Keeps a version that is about to be replaced. The same version again adds none; that it lost is remembered. */
export function recordHistory(db: Database.Database, version: PastVersion, ending: HistoryEnding): void {
  statement(
    db,
    `insert into entity_history
       (entity_type, id, updated_at, content_hash, deleted, content, outcome, reason, winner_hash,
        winner_device_id, command_id, stored_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (entity_type, id, updated_at, content_hash) do update
       set outcome = excluded.outcome, reason = excluded.reason, winner_hash = excluded.winner_hash,
           winner_device_id = excluded.winner_device_id, stored_at = excluded.stored_at
       where excluded.outcome <> 'replaced'`,
  ).run(
    version.entityType,
    version.id,
    version.updatedAtMs,
    version.contentHash,
    version.deleted ? 1 : 0,
    version.content && JSON.stringify(version.content),
    ending.outcome,
    ending.reason ?? null,
    ending.winnerHash ?? null,
    ending.winnerDeviceId ?? null,
    ending.commandId ?? null,
    ending.nowMs,
  );
}

/** A row of history as it is listed. */
export interface HistoryEntry extends PastVersion {
  outcome: HistoryEnding["outcome"];
  reason: string | null;
  winnerHash: string | null;
  winnerDeviceId: string | null;
  storedAtMs: number;
}

/** All past versions of an entity on this device, newest first. */
export function listHistory(db: Database.Database, entityType: EntityType, id: string): HistoryEntry[] {
  const rows = statement(
    db,
    `select * from entity_history
     where entity_type = ? and id = ?
     order by updated_at desc, stored_at desc`,
  ).all(entityType, id) as HistoryRow[];
  return rows.map(toHistoryEntry);
}

/** One past version of an entity; null when it is not known here. */
export function findPastVersion(
  db: Database.Database,
  entityType: EntityType,
  id: string,
  { updatedAtMs, contentHash }: VersionStamp,
): HistoryEntry | null {
  const row = statement(
    db,
    "select * from entity_history where entity_type = ? and id = ? and updated_at = ? and content_hash = ?",
  ).get(entityType, id, updatedAtMs, contentHash) as HistoryRow | undefined;
  return row ? toHistoryEntry(row) : null;
}

/** All past versions of all entities, one after the other, in the order of entity type, id, time and content. */
export function* eachPastVersion(db: Database.Database): Generator<HistoryEntry, void> {
  const rows = db
    .prepare("select * from entity_history order by entity_type, id, updated_at, content_hash")
    .iterate() as Iterable<HistoryRow>;
  for (const row of rows) yield toHistoryEntry(row);
}

/** Past versions of all entities that lost or were merged, the latest first. */
export function listLostHistory(db: Database.Database, limit: number): HistoryEntry[] {
  const rows = statement(
    db,
    `select * from entity_history
     where outcome <> 'replaced'
     order by stored_at desc, updated_at desc
     limit ?`,
  ).all(limit) as HistoryRow[];
  return rows.map(toHistoryEntry);
}

/** Whether this version stood on this device until a command replaced it: an edit, a deletion or an undo. */
export function wasEditedHere(
  db: Database.Database,
  version: Pick<PastVersion, "entityType" | "id" | "updatedAtMs" | "contentHash">,
): boolean {
  const { entityType, id, updatedAtMs, contentHash } = version;
  const past = statement(
    db,
    `select 1 from entity_history
     where entity_type = ? and id = ? and updated_at = ? and content_hash = ? and command_id is not null`,
  ).get(entityType, id, updatedAtMs, contentHash);
  return past !== undefined;
}

interface HistoryRow {
  entity_type: EntityType;
  id: string;
  updated_at: number;
  content_hash: string;
  deleted: number;
  content: string | null;
  outcome: HistoryEnding["outcome"];
  reason: string | null;
  winner_hash: string | null;
  winner_device_id: string | null;
  stored_at: number;
}

function toHistoryEntry(row: HistoryRow): HistoryEntry {
  return {
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: row.updated_at,
    contentHash: row.content_hash,
    deleted: row.deleted === 1,
    content: row.content === null ? null : parseStored(row.content),
    outcome: row.outcome,
    reason: row.reason,
    winnerHash: row.winner_hash,
    winnerDeviceId: row.winner_device_id,
    storedAtMs: row.stored_at,
  };
}
