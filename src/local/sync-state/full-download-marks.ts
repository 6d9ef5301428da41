import type Database from "better-sqlite3";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { type Row, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { type StoredRow, toStoredRow } from "../versions/rows.ts";

/** Remembers that a page of the full download after an expired cursor held this entity, live or deleted. */
export function markDelivered(db: Database.Database, entityType: string, id: string): void {
  statement(db, "insert or ignore into walk_marks (entity_type, id) values (?, ?)").run(entityType, id);
}

/** Forgets all marks: a full download begins, or has ended. */
export function clearDeliveredMarks(db: Database.Database): void {
  statement(db, "delete from walk_marks").run();
}

/** Live rows, not pending, that no page of the full download held: the server has purged their tombstones, so they were
 *  deleted on another device. */
export function listUndelivered(db: Database.Database): StoredRow[] {
  return ENTITY_TYPES.flatMap((entityType) => {
    const sql = `${SELECT_ROWS[entityType]}
      where revision = acked_revision and deleted_at is null
        and not exists (select 1 from walk_marks where entity_type = ? and id = entity.id)`;
    return (statement(db, sql).raw().all(entityType) as Row[]).map((row) => toStoredRow(entityType, row));
  });
}
