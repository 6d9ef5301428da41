import type Database from "better-sqlite3";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { type Row, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { type StoredRow, toStoredRow } from "../versions/rows.ts";

/** Remembers that the walk of an expired cursor has delivered this id. */
export function markWalked(db: Database.Database, entityType: string, id: string): void {
  statement(db, "insert or ignore into walk_marks (entity_type, id) values (?, ?)").run(entityType, id);
}

export function clearWalkMarks(db: Database.Database): void {
  statement(db, "delete from walk_marks").run();
}

/** Live rows, not pending, that the walk did not deliver: the server has purged their tombstones. */
export function listUnwalked(db: Database.Database): StoredRow[] {
  return ENTITY_TYPES.flatMap((entityType) => {
    const sql = `${SELECT_ROWS[entityType]}
      where revision = acked_revision and deleted_at is null
        and not exists (select 1 from walk_marks where entity_type = ? and id = entity.id)`;
    return (statement(db, sql).raw().all(entityType) as Row[]).map((row) => toStoredRow(entityType, row));
  });
}
