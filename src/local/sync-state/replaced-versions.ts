import type Database from "better-sqlite3";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { VersionStamp } from "../../domain/versions/version.ts";
import { statement } from "../storage/statements.ts";

/** A version that was written or merged on this device and gave way to a downloaded one. */
export interface ReplacedVersion extends VersionStamp {
  entityType: EntityType;
  id: string;
  /** Content hash of the one that stood instead. */
  winnerHash: string;
}

/** The reason of a version that is `lost` because another device edited the entry without having seen it. */
export const OVERWRITTEN = "overwritten";

/** Those of which is not known yet which device replaced them, the latest first. */
export function listReplacedVersions(db: Database.Database, limit: number): ReplacedVersion[] {
  const rows = statement(
    db,
    `select entity_type, id, updated_at, content_hash, winner_hash from entity_history
     where outcome = 'replaced' and command_id is null and reason is null
       and winner_device_id is null and winner_hash is not null
       and (entity_type, id, content_hash) in (
         select entity_type, id, after_hash from command_changes
         union
         select entity_type, id, winner_hash from entity_history where outcome = 'merged'
       )
     order by stored_at desc, updated_at desc
     limit ?`,
  ).all(limit) as {
    entity_type: EntityType;
    id: string;
    updated_at: number;
    content_hash: string;
    winner_hash: string;
  }[];
  return rows.map((row) => ({
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: row.updated_at,
    contentHash: row.content_hash,
    winnerHash: row.winner_hash,
  }));
}

/** Remembers which device replaced a version, and whether it did so without having seen it. */
export function recordReplacement(
  db: Database.Database,
  { entityType, id, updatedAtMs, contentHash }: ReplacedVersion,
  { deviceId, isOverwritten }: { deviceId: string; isOverwritten: boolean },
): void {
  statement(
    db,
    `update entity_history
     set winner_device_id = ?, outcome = ?, reason = ?
     where entity_type = ? and id = ? and updated_at = ? and content_hash = ?`,
  ).run(
    deviceId,
    isOverwritten ? "lost" : "replaced",
    isOverwritten ? OVERWRITTEN : null,
    entityType,
    id,
    updatedAtMs,
    contentHash,
  );
}
