import type Database from "better-sqlite3";
import { ENTITY_TABLE, type EntityType } from "../../domain/entities/entity-type.ts";
import type { Row } from "../storage/entity-tables.ts";
import { MOMENT_FIELD, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import type { StoredRow } from "../versions/rows.ts";
import { toStoredRow } from "../versions/rows.ts";

/** How the entities of a type without a moment are ordered. */
const NAME_FIELD: Record<EntityType, string> = {
  Activity: "label",
  Schedule: "assessment_type",
  MoodEntry: "id",
  AssessmentEntry: "id",
};

/** The rows of a type: moods and assessments newest first, the others by name. `deleted` adds deleted ones whose
 *  content is known here; a tombstone of something never seen here has nothing to list. */
export function listRows(
  db: Database.Database,
  entityType: EntityType,
  options: { deleted?: boolean | undefined; limit?: number | undefined } = {},
): StoredRow[] {
  const moment = MOMENT_FIELD[entityType];
  const order = moment ? `${moment} desc, created_at desc, id` : `lower(${NAME_FIELD[entityType]}), id`;
  const sql = `${SELECT_ROWS[entityType]} where ${listed(options.deleted)} order by ${order} limit ?`;
  const rows = statement(db, sql)
    .raw()
    .all(options.limit ?? -1) as Row[];
  return rows.map((row) => toStoredRow(entityType, row));
}

/** How many rows `listRows` finds without a limit. */
export function countRows(db: Database.Database, entityType: EntityType, deleted?: boolean): number {
  const sql = `select count(*) from ${ENTITY_TABLE[entityType]} where ${listed(deleted)}`;
  return statement(db, sql).pluck().get() as number;
}

function listed(deleted: boolean | undefined): string {
  return deleted ? "created_at is not null" : "deleted_at is null";
}
