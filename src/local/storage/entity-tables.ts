import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_FIELDS } from "../../domain/entities/entity-fields.ts";
import { ENTITY_TABLE, type EntityType } from "../../domain/entities/entity-type.ts";
import { extraOf, withExtra } from "../../domain/entities/extra.ts";
import type { SqliteColumn } from "../../domain/entities/field.ts";
import { formatTimestamp, formatUtc, parseTimestamp, timestampToMs } from "../../domain/time/timestamp.ts";
import { parseStored } from "./stored-json.ts";

/** The field by which the entities of a type are ordered in time; null where they have none. */
export const MOMENT_FIELD: Record<EntityType, "recorded_at" | "taken_at" | null> = {
  Activity: null,
  MoodEntry: "recorded_at",
  AssessmentEntry: "taken_at",
  Schedule: null,
};

export type ColumnValue = string | number | null;
/** The columns of a row in the order of `COLUMNS`. Not an object: those take several times as long to make. */
export type Row = readonly ColumnValue[];

interface StoredField {
  name: string;
  storedAs: SqliteColumn;
  optional: boolean;
}

const STORED_FIELDS = mapEntityTypes((entityType) =>
  Object.entries(ENTITY_FIELDS[entityType]).map(
    ([name, { columns, optional }]): StoredField => ({ name, storedAs: columns.sqlite, optional }),
  ),
);

/** Names of the columns that hold an entity's content, `id` first. */
export const CONTENT_COLUMNS = mapEntityTypes((entityType) => [
  ...STORED_FIELDS[entityType].flatMap(({ name, storedAs }) =>
    storedAs === "time and offset" ? [name, `${name}_offset`] : [name],
  ),
  "extra",
  "created_at",
]);

/** Names of the columns that hold what is not content. */
export const VERSION_COLUMNS = [
  "updated_at",
  "deleted_at",
  "content_hash",
  "revision",
  "acked_revision",
  "base_updated_at",
  "base_hash",
];

/** Selects whole rows of a table that the query may call `entity`; conditions follow. */
export const SELECT_ROWS = mapEntityTypes(
  (entityType) =>
    `select ${[...CONTENT_COLUMNS[entityType], ...VERSION_COLUMNS].join(", ")} from ${ENTITY_TABLE[entityType]} as entity`,
);

/** The same with no more than `rowToEntity` reads, which is half of the time. */
export const SELECT_ENTITIES = mapEntityTypes(
  (entityType) =>
    `select ${[...CONTENT_COLUMNS[entityType], "updated_at", "deleted_at"].join(", ")} from ${ENTITY_TABLE[entityType]} as entity`,
);

/** An entity in wire shape as the content columns of its table, unknown fields included. */
export function entityToContent(entityType: EntityType, entity: Entity): ColumnValue[] {
  const columns: ColumnValue[] = [];
  const fields = entity as unknown as Record<string, unknown>;
  for (const { name, storedAs } of STORED_FIELDS[entityType]) {
    const value = fields[name] ?? null;
    if (storedAs === "time and offset") {
      const time = value === null ? null : parseTimestamp(value as string)!;
      columns.push(time?.ms ?? null, time?.offsetMinutes ?? null);
    } else if (storedAs === "json") columns.push(value && JSON.stringify(value));
    else if (storedAs === "boolean") columns.push(value === null ? null : Number(value));
    else columns.push(value as ColumnValue);
  }
  const extra = extraOf(entityType, entity);
  columns.push(extra && JSON.stringify(extra), timestampToMs(entity.metadata.created_at));
  return columns;
}

/** The entity in wire shape that a row holds. Null where the row is the tombstone of one never seen here. */
export function rowToEntity(entityType: EntityType, row: Row): Entity | null {
  const contentLength = CONTENT_COLUMNS[entityType].length;
  const createdAtMs = row[contentLength - 1] as number | null;
  if (createdAtMs === null) return null;
  const entity: Record<string, unknown> = {};
  let at = 0;
  for (const { name, storedAs, optional } of STORED_FIELDS[entityType]) {
    const value = row[at++]!;
    const offsetMinutes = storedAs === "time and offset" ? row[at++]! : null;
    if (value === null && optional) continue;
    if (value === null) entity[name] = null;
    else if (storedAs === "time and offset") {
      entity[name] = formatTimestamp({ ms: value as number, offsetMinutes: offsetMinutes as number });
    } else if (storedAs === "json") entity[name] = parseStored(value as string);
    else if (storedAs === "boolean") entity[name] = value === 1;
    else entity[name] = value;
  }
  const [updatedAtMs, deletedAtMs] = [row[contentLength], row[contentLength + 1]] as [number, number | null];
  const created_at = formatUtc(createdAtMs);
  entity.metadata = {
    created_at,
    updated_at: updatedAtMs === createdAtMs ? created_at : formatUtc(updatedAtMs), // as of most entities
    deleted_at: deletedAtMs === null ? null : formatUtc(deletedAtMs),
  };
  const extra = row[contentLength - 2] as string | null;
  return withExtra(entity as unknown as Entity, extra === null ? null : parseStored(extra));
}

export function mapEntityTypes<T>(value: (entityType: EntityType) => T): Record<EntityType, T> {
  return {
    Activity: value("Activity"),
    MoodEntry: value("MoodEntry"),
    AssessmentEntry: value("AssessmentEntry"),
    Schedule: value("Schedule"),
  };
}
