import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";
import type { StoredRow } from "../versions/rows.ts";
import { readRow } from "../versions/rows.ts";

/** The rows whose identifier begins with `prefix`, deleted ones too; of each type three at most, because more than one
 *  is no answer. */
export function findByPrefix(db: Database.Database, prefix: string): StoredRow[] {
  return ENTITY_TYPES.flatMap((entityType) => {
    const sql = `select id from ${ENTITY_TABLE[entityType]} where id >= ? and id < ? limit 3`;
    const ids = statement(db, sql).pluck().all(prefix, `${prefix}g`) as string[];
    return ids.map((id) => readRow(db, entityType, id)!);
  });
}

/** The mood or assessment that was created last on this device, of those that are not deleted; where all are, the last
 *  of them, and null where there was none. */
export function findLastCreated(db: Database.Database): StoredRow | null {
  const created = statement(
    db,
    `select entity_type, id from command_changes
     where before_hash is null and entity_type in ('MoodEntry', 'AssessmentEntry')
     order by command_id desc`,
  ).iterate() as Iterable<{ entity_type: EntityType; id: string }>;
  let deleted: StoredRow | null = null;
  for (const { entity_type, id } of created) {
    const row = readRow(db, entity_type, id);
    if (row && !row.deleted) return row;
    deleted ??= row;
  }
  return deleted;
}
