import type { Entity } from "../domain/entity.ts";
import { ENTITY_FIELDS } from "../domain/entity-fields.ts";
import type { EntityType } from "../domain/entity-type.ts";
import { extraOf, withExtra } from "../domain/extra.ts";
import { formatTimestamp, formatUtc, parseTimestamp, timestampToMs } from "../domain/timestamp.ts";

/** The table of every entity type; its columns are the fields of the entity, a time with its offset in two. */
export const TABLE: Record<EntityType, string> = {
  Activity: "activities",
  MoodEntry: "mood_entries",
  AssessmentEntry: "assessments",
  Schedule: "schedules",
};

/** The field by which the entities of a type are ordered in time; null where they have none. */
export const MOMENT_FIELD: Record<EntityType, "recorded_at" | "taken_at" | null> = {
  Activity: null,
  MoodEntry: "recorded_at",
  AssessmentEntry: "taken_at",
  Schedule: null,
};

export type ColumnValue = string | number | null;
export type Row = Record<string, ColumnValue>;

const JSON_FIELDS = new Set(["activities", "answers"]);
const BOOLEAN_FIELDS = new Set(["enabled"]);

/** Names of the columns that hold an entity's content, `id` first. */
export const CONTENT_COLUMNS = mapEntityTypes((entityType) =>
  Object.entries(ENTITY_FIELDS[entityType]).flatMap(([name, field]) =>
    field.kind === "zoned" ? [name, `${name}_offset`] : [name],
  ),
);

/** An entity in wire shape as the columns of its table, metadata and unknown fields included. */
export function entityToRow(entityType: EntityType, entity: Entity): Row {
  const row: Row = {};
  const fields = entity as unknown as Record<string, unknown>;
  for (const [name, field] of Object.entries(ENTITY_FIELDS[entityType])) {
    const value = fields[name] ?? null;
    if (field.kind === "zoned") {
      const time = value === null ? null : parseTimestamp(value as string)!;
      row[name] = time?.ms ?? null;
      row[`${name}_offset`] = time?.offsetMinutes ?? null;
    } else if (JSON_FIELDS.has(name)) row[name] = value && JSON.stringify(value);
    else if (BOOLEAN_FIELDS.has(name)) row[name] = value ? 1 : 0;
    else row[name] = value as ColumnValue;
  }
  const extra = extraOf(entityType, entity);
  row.extra = extra && JSON.stringify(extra);
  row.created_at = timestampToMs(entity.metadata.created_at);
  row.updated_at = timestampToMs(entity.metadata.updated_at);
  row.deleted_at = entity.metadata.deleted_at && timestampToMs(entity.metadata.deleted_at);
  return row as Row;
}

/** The entity in wire shape that a row holds. Null where the row is the tombstone of one never seen here. */
export function rowToEntity(entityType: EntityType, row: Row): Entity | null {
  if (row.created_at === null) return null;
  const entity: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(ENTITY_FIELDS[entityType])) {
    const value = row[name] ?? null;
    if (value === null && field.optional) continue;
    if (value === null) entity[name] = null;
    else if (field.kind === "zoned") {
      entity[name] = formatTimestamp({ ms: value as number, offsetMinutes: row[`${name}_offset`] as number });
    } else if (JSON_FIELDS.has(name)) entity[name] = JSON.parse(value as string);
    else if (BOOLEAN_FIELDS.has(name)) entity[name] = value === 1;
    else entity[name] = value;
  }
  const metadata = {
    created_at: formatUtc(row.created_at as number),
    updated_at: formatUtc(row.updated_at as number),
    deleted_at: row.deleted_at === null ? null : formatUtc(row.deleted_at as number),
  };
  const extra = row.extra === null ? null : JSON.parse(row.extra as string);
  return withExtra({ ...entity, metadata }, extra) as unknown as Entity;
}

function mapEntityTypes<T>(value: (entityType: EntityType) => T): Record<EntityType, T> {
  return {
    Activity: value("Activity"),
    MoodEntry: value("MoodEntry"),
    AssessmentEntry: value("AssessmentEntry"),
    Schedule: value("Schedule"),
  };
}
