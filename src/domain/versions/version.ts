import type { Entity } from "../entities/entity.ts";
import type { EntityType } from "../entities/entity-type.ts";
import type { SyncChange } from "../protocol/sync-change.ts";
import { formatUtc, timestampToMs } from "../time/timestamp.ts";
import { contentHash, tombstoneHash } from "./canonical.ts";

/** One version of one entity, checked and in canonical form. */
export interface Version {
  entityType: EntityType;
  id: string;
  updatedAtMs: number;
  deleted: boolean;
  /** The entity in wire shape; null for a tombstone. */
  entity: Entity | null;
  /** 16 hexadecimal digits; equal hashes mean the same content. */
  contentHash: string;
}

/** Names one version of an entity: two of them can have the same time. */
export type VersionStamp = Pick<Version, "updatedAtMs" | "contentHash">;

export function liveVersion(entityType: EntityType, entity: Entity): Version {
  return {
    entityType,
    id: entity.id,
    updatedAtMs: timestampToMs(entity.metadata.updated_at),
    deleted: false,
    entity,
    contentHash: contentHash(entity),
  };
}

export function tombstone(entityType: EntityType, id: string, updatedAtMs: number): Version {
  return {
    entityType,
    id,
    updatedAtMs,
    deleted: true,
    entity: null,
    contentHash: tombstoneHash(entityType, id, formatUtc(updatedAtMs)),
  };
}

/** The version as it goes over the wire. */
export function versionToChange(version: Version): SyncChange {
  const { entityType, id, deleted, entity } = version;
  return { entity_type: entityType, id, updated_at: updatedAtOf(version), deleted, data: entity };
}

/** The canonical text of a version's time. A live entity holds it; writing it anew takes longer than its hash. */
export function updatedAtOf({ entity, updatedAtMs }: Pick<Version, "entity" | "updatedAtMs">): string {
  return entity?.metadata.updated_at ?? formatUtc(updatedAtMs);
}
