import type { Entity } from "../../src/domain/entities/entity.ts";
import { ENTITY_FIELDS, type FieldName } from "../../src/domain/entities/entity-fields.ts";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { type Extra, extraOf, withExtra } from "../../src/domain/entities/extra.ts";
import { formatTimestamp, formatUtc, parseTimestamp } from "../../src/domain/time/timestamp.ts";
import { updatedAtOf } from "../../src/domain/versions/version.ts";
import type { StoredVersion } from "../sync/store.ts";

/** How one entity type lies in PostgreSQL: its table, and the type of the column of every field but `id`, which is
 *  `zoned` for a time that keeps its offset in a second column, `<field>_offset`. */
export interface EntityTable {
  entityType: EntityType;
  table: string;
  columns: Readonly<Record<string, ColumnType>>;
}

type ColumnType = "text" | "integer" | "boolean" | "uuid[]" | "integer[]" | "zoned";

/** A column for each field of an entity type: one that was forgotten would be lost in silence. */
export type Columns<T extends EntityType> = Readonly<Record<Exclude<FieldName<T>, "id">, ColumnType>>;

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

/** An SQL expression for the milliseconds since 1970 of a `timestamptz(3)`, which a double holds exactly. */
export function milliseconds(expression: string): string {
  return `(date_part('epoch', ${expression}) * 1000)::bigint`;
}

/** The columns of a {@link VersionRow} as a select list over the table, named `t`. */
export function versionColumns({ entityType, columns }: EntityTable): string {
  const content = [
    ...Object.entries(columns).flatMap(([name, type]) =>
      type === "zoned"
        ? [`'${name}', ${milliseconds(`t.${name}`)}`, `'${name}_offset', t.${name}_offset`]
        : [`'${name}', t.${name}`],
    ),
    "'extra', t.extra",
    `'created_at', ${milliseconds("t.created_at")}`,
  ];
  return `
    '${entityType}' as entity_type,
    t.id,
    ${milliseconds("t.updated_at")} as updated_at,
    t.deleted_at is not null as deleted,
    t.content_hash,
    case when t.deleted_at is null then json_build_object(${content.join(", ")}) end as content,
    t.seq,
    t.device_id,
    ${milliseconds("t.stored_at")} as stored_at,
    t.bytes`;
}

/** Stores the versions of the JSON array in the parameter `versions`, written by one device, for the user of the row `head`, over what stands. */
export function upsertStatement(
  { table, columns }: EntityTable,
  { versions, deviceId }: { versions: string; deviceId: string },
): string {
  const typed: [string, string][] = [
    ["id", "uuid"],
    ...Object.entries(columns).flatMap(([name, type]): [string, string][] =>
      type === "zoned"
        ? [
            [name, "timestamptz"],
            [`${name}_offset`, "smallint"],
          ]
        : [[name, type]],
    ),
    ["extra", "jsonb"],
    ["created_at", "timestamptz"],
    ["updated_at", "timestamptz"],
    ["deleted_at", "timestamptz"],
    ["content_hash", "text"],
    ["seq", "bigint"],
    ["bytes", "integer"],
  ];
  const names = typed.map(([name]) => name);
  const replaced = names.slice(1).map((name) => `${name} = excluded.${name}`);
  return `
    insert into ${table} (user_id, ${names.join(", ")}, device_id)
    select head.id, ${names.map((name) => `r.${name}`).join(", ")}, ${deviceId}::uuid
    from head, json_to_recordset(${versions}::text::json) as r (${typed.map((column) => column.join(" ")).join(", ")})
    on conflict (user_id, id) do update
    set ${replaced.join(", ")}, device_id = excluded.device_id, stored_at = excluded.stored_at`;
}

/** A version as the JSON object that {@link upsertStatement} reads; what is null is left out. */
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
  for (const [name, type] of Object.entries(columns)) {
    const value = fields[name] ?? null;
    if (value === null) continue;
    row[name] = value;
    if (type === "zoned") row[`${name}_offset`] = parseTimestamp(value as string)!.offsetMinutes;
  }
  const extra = extraOf(version.entityType, version.entity);
  if (extra) row.extra = extra;
  row.created_at = version.entity.metadata.created_at;
  return row;
}

/** The version that a row holds. */
export function rowToVersion(table: EntityTable, row: VersionRow): StoredVersion {
  return {
    entityType: row.entity_type,
    id: row.id,
    updatedAtMs: Number(row.updated_at),
    deleted: row.deleted,
    entity: row.content && contentToEntity(table, row, row.content),
    contentHash: row.content_hash,
    seq: Number(row.seq),
    deviceId: row.device_id,
    storedAtMs: Number(row.stored_at),
    bytes: row.bytes,
  };
}

function contentToEntity(
  { entityType, columns }: EntityTable,
  row: VersionRow,
  content: Record<string, unknown>,
): Entity {
  const entity: Record<string, unknown> = { id: row.id };
  for (const [name, type] of Object.entries(columns)) {
    const value = content[name];
    if (value === null && ENTITY_FIELDS[entityType][name]?.optional) continue;
    entity[name] =
      type === "zoned" && value !== null
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
