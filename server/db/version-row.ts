import type { Entity } from "../../src/domain/entities/entity.ts";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { type Extra, extraOf, withExtra } from "../../src/domain/entities/extra.ts";
import { formatTimestamp, formatUtc, parseTimestamp } from "../../src/domain/time/timestamp.ts";
import { updatedAtOf } from "../../src/domain/versions/version.ts";
import type { StoredVersion } from "../sync/store.ts";
import { type EntityTable, TABLE_BY_TYPE } from "./entity-table.ts";

/** A version as PostgreSQL gives it: times in ms, content null for a tombstone. */
export interface VersionRow {
  entity_type: EntityType;
  id: string;
  updated_at: number;
  deleted: boolean;
  content_hash: string;
  content: Record<string, unknown> | null;
  seq: number;
  device_id: string;
  stored_at: number;
  bytes: number;
}

/** A version as the JSON object that `upsertStatement` reads; what is null is left out. */
export function versionToRow({ columns }: EntityTable, version: StoredVersion): Record<string, unknown> {
  const updatedAt = updatedAtOf(version);
  const row: Record<string, unknown> = {
    id: version.id,
    updated_at: updatedAt,
    content_hash: version.contentHash,
    seq: version.seq,
    bytes: version.bytes,
  };
  if (version.deleted) row.deleted_at = updatedAt;
  if (version.entity === null) return row;
  const fields = version.entity as unknown as Record<string, unknown>;
  for (const { name, type } of columns) {
    const value = fields[name] ?? null;
    if (value === null) continue;
    row[name] = value;
    if (type === "time and offset") {
      row[`${name}_offset`] = parseTimestamp(value as string)!.offsetMinutes;
    }
  }
  const extra = extraOf(version.entityType, version.entity);
  if (extra) row.extra = extra;
  row.created_at = version.entity.metadata.created_at;
  return row;
}

/** The version that a row holds. */
export function rowToVersion(row: VersionRow): StoredVersion {
  return {
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: Number(row.updated_at),
    deleted: row.deleted,
    entity: row.content && contentToEntity(TABLE_BY_TYPE.get(row.entity_type)!, row, row.content),
    contentHash: row.content_hash,
    seq: Number(row.seq),
    deviceId: row.device_id,
    storedAtMs: Number(row.stored_at),
    bytes: row.bytes,
  };
}

function contentToEntity(
  { columns }: EntityTable,
  row: VersionRow,
  content: Record<string, unknown>,
): Entity {
  const entity: Record<string, unknown> = { id: row.id };
  for (const { name, type, optional } of columns) {
    const value = content[name];
    if (value === null && optional) continue;
    entity[name] =
      type === "time and offset" && value !== null
        ? formatTimestamp({ ms: value as number, offsetMinutes: content[`${name}_offset`] as number })
        : value;
  }
  const metadata = {
    created_at: formatUtc(content.created_at as number),
    updated_at: formatUtc(Number(row.updated_at)),
    deleted_at: null,
  };
  return withExtra({ ...entity, metadata }, content.extra as Extra | null) as unknown as Entity;
}
