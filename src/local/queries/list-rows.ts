import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_TABLE, type EntityType } from "../../domain/entities/entity-type.ts";
import type { Row } from "../storage/entity-tables.ts";
import { MOMENT_FIELD, rowToEntity, SELECT_ENTITIES, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import type { StoredRow } from "../versions/rows.ts";
import { toStoredRow } from "../versions/rows.ts";
import { allOf, type Condition } from "./condition.ts";

/** How the entities of a type without a moment are ordered. */
const NAME_FIELD: Record<EntityType, string> = {
  Activity: "label",
  Schedule: "assessment_type",
  MoodEntry: "id",
  AssessmentEntry: "id",
};

export interface RowsWanted {
  /** Adds deleted ones whose content is known here; a tombstone of something never seen here has nothing to list. */
  deleted?: boolean | undefined;
  /** What holds for each of them; the table may be called `entity`. */
  where?: Condition | undefined;
  limit?: number | undefined;
  /** Oldest first, or names from the end. */
  reverse?: boolean | undefined;
}

/** The rows of a type: moods and assessments newest first, the others by name. */
export function listRows(
  db: Database.Database,
  entityType: EntityType,
  wanted: RowsWanted = {},
): StoredRow[] {
  const { sql, values } = rowsQuery(entityType, wanted);
  const rows = statement(db, sql)
    .raw()
    .all(...values) as Row[];
  return rows.map((row) => toStoredRow(entityType, row));
}

/** The same one after the other, so that no more than one is in memory. The database cannot be written meanwhile. */
export function* eachRow(
  db: Database.Database,
  entityType: EntityType,
  wanted: RowsWanted = {},
): Generator<StoredRow, void> {
  const { sql, values } = rowsQuery(entityType, wanted);
  const rows = db
    .prepare(sql)
    .raw()
    .iterate(...values) as Iterable<Row>;
  for (const row of rows) yield toStoredRow(entityType, row);
}

function rowsQuery(
  entityType: EntityType,
  { deleted, where = EVERYTHING, limit = -1, reverse = false }: RowsWanted,
): Condition {
  const moment = MOMENT_FIELD[entityType];
  const [newestFirst, byName] = reverse ? ["asc", "desc"] : ["desc", "asc"];
  const order = moment
    ? `${moment} ${newestFirst}, created_at ${newestFirst}, id ${byName}`
    : `lower(${NAME_FIELD[entityType]}) ${byName}, id ${byName}`;
  return {
    sql: `${SELECT_ROWS[entityType]} where ${listed(deleted)} and (${where.sql}) order by ${order} limit ?`,
    values: [...where.values, limit],
  };
}

/** All entities of a type for an export, one after the other, as `eachRow`; deleted ones whose content is known only when
 *  asked for. By id, or from the first to the last by the clock of the place where each was written. */
export function* eachEntity(
  db: Database.Database,
  entityType: EntityType,
  { deleted, orderBy }: { deleted: boolean; orderBy: "id" | "clock" },
): Generator<Entity, void> {
  const moment = MOMENT_FIELD[entityType];
  // With the plus SQLite sorts what it has read; in the order of the index it would jump about the file.
  const order = orderBy === "id" || !moment ? "+id" : `${moment} + 60000 * ${moment}_offset, ${moment}, id`;
  const sql = `${SELECT_ENTITIES[entityType]} where ${listed(deleted)} order by ${order}`;
  for (const row of db.prepare(sql).raw().iterate() as Iterable<Row>) yield rowToEntity(entityType, row)!;
}

/** How many rows `listRows` finds without a limit. */
export function countRows(
  db: Database.Database,
  entityType: EntityType,
  { deleted, where = EVERYTHING }: Pick<RowsWanted, "deleted" | "where"> = {},
): number {
  const sql = `select count(*) from ${ENTITY_TABLE[entityType]} as entity
    where ${listed(deleted)} and (${where.sql})`;
  return statement(db, sql)
    .pluck()
    .get(...where.values) as number;
}

const EVERYTHING = allOf([]);

function listed(deleted: boolean | undefined): string {
  return deleted ? "created_at is not null" : "deleted_at is null";
}
