import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";
import { readRow } from "../versions/rows.ts";
import { OVERWRITTEN } from "./replaced-versions.ts";

/** A version of this device that lost against another device's, was merged with it, or was overwritten by one that was
 *  made without having seen it. */
export interface LostVersion {
  entityType: EntityType;
  id: string;
  outcome: "lost" | "merged" | "overwritten";
  /** The conflict's reason: why it was not applied. Null for one that had been applied before. */
  reason: string | null;
  updatedAtMs: number;
  contentHash: string;
  /** What it held; null for a deletion. */
  content: Entity | null;
  /** What stood instead; null for a deletion. */
  winner: Entity | null;
  winnerDeviceId: string | null;
  /** What it was merged with, where it was merged: the other device's version, which gave way to the merged one. */
  mergedWith: { contentHash: string; content: Entity | null } | null;
  /** When sync resolved the conflict, in ms since 1970. */
  resolvedAtMs: number;
}

/** Versions that lost, were merged or were overwritten, the latest first. */
export function listLostVersions(db: Database.Database, limit: number): LostVersion[] {
  const rows = statement(
    db,
    `select * from entity_history
     where outcome <> 'replaced'
     order by stored_at desc, updated_at desc
     limit ?`,
  ).all(limit) as HistoryRow[];
  return rows.map((row) => ({
    entityType: row.entity_type,
    id: row.id,
    ...(row.reason === OVERWRITTEN
      ? { outcome: "overwritten", reason: null }
      : { outcome: row.outcome, reason: row.reason }),
    updatedAtMs: row.updated_at,
    contentHash: row.content_hash,
    content: row.deleted ? null : parseContent(row.content),
    winner: readWinner(db, row),
    winnerDeviceId: row.winner_device_id,
    mergedWith: row.outcome === "merged" ? readMergedWith(db, row) : null,
    resolvedAtMs: row.stored_at,
  }));
}

/** Keeps the names of the account's devices, as the server reported them. */
export function storeAccountDevices(
  db: Database.Database,
  devices: { id: string; label: string | null }[],
): void {
  statement(db, "delete from account_devices").run();
  for (const { id, label } of devices) {
    statement(db, "insert or replace into account_devices (id, label) values (?, ?)").run(id, label);
  }
}

/** Names of the account's devices by id, as far as the server reported them. */
export function readAccountDevices(db: Database.Database): Map<string, string | null> {
  const rows = statement(db, "select id, label from account_devices").all() as {
    id: string;
    label: string | null;
  }[];
  return new Map(rows.map(({ id, label }) => [id, label]));
}

interface HistoryRow {
  entity_type: EntityType;
  id: string;
  updated_at: number;
  content_hash: string;
  deleted: number;
  content: string | null;
  outcome: "lost" | "merged";
  reason: string | null;
  winner_hash: string | null;
  winner_device_id: string | null;
  stored_at: number;
}

function readWinner(db: Database.Database, { entity_type, id, winner_hash }: HistoryRow): Entity | null {
  const standing = readRow(db, entity_type, id);
  if (!winner_hash || standing?.contentHash === winner_hash) return standing?.entity ?? null;
  const past = statement(
    db,
    "select deleted, content from entity_history where entity_type = ? and id = ? and content_hash = ?",
  ).get(entity_type, id, winner_hash) as Pick<HistoryRow, "deleted" | "content"> | undefined;
  return past && !past.deleted ? parseContent(past.content) : null;
}

/** A merge keeps both sides in history, and its reason with both. */
function readMergedWith(
  db: Database.Database,
  { entity_type, id, winner_hash }: HistoryRow,
): LostVersion["mergedWith"] {
  const other = statement(
    db,
    `select content_hash, deleted, content from entity_history
     where entity_type = ? and id = ? and winner_hash = ? and outcome = 'replaced' and reason is not null`,
  ).get(entity_type, id, winner_hash) as Pick<HistoryRow, "content_hash" | "deleted" | "content"> | undefined;
  if (!other) return null;
  return { contentHash: other.content_hash, content: other.deleted ? null : parseContent(other.content) };
}

function parseContent(content: string | null): Entity | null {
  return content === null ? null : JSON.parse(content);
}
