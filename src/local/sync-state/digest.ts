import type Database from "better-sqlite3";
import { ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { digestOf, type EntityDigest } from "../../domain/protocol/digest.ts";
import { contentHash } from "../../domain/versions/canonical.ts";
import { listLive } from "../versions/rows.ts";

/** The digest of this device's live entities, per entity type. The hashes are computed anew from what the rows
 *  hold, so that a row which the disk has damaged is noticed. */
export function readDigest(db: Database.Database): Record<EntityType, EntityDigest> {
  const digests = ENTITY_TYPES.map((entityType) => [entityType, digestOf(contentHashes(db, entityType))]);
  return Object.fromEntries(digests) as Record<EntityType, EntityDigest>;
}

function* contentHashes(db: Database.Database, entityType: EntityType): Iterable<string> {
  for (const { entity } of listLive(db, entityType)) yield contentHash(entity);
}
