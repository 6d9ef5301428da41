import type Database from "better-sqlite3";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { contentHash } from "../../domain/versions/canonical.ts";
import { listLive, readRow, type StoredRow } from "./rows.ts";

/** The live rows that no longer hold what their hash says: the disk, or another program, has changed them. Throws
 *  SQLite's error of a damaged file for a row that cannot be read at all. */
export function listDamagedRows(db: Database.Database): StoredRow[] {
  const damaged: StoredRow[] = [];
  for (const entityType of ENTITY_TYPES) {
    for (const { id, entity } of listLive(db, entityType)) {
      const row = readRow(db, entityType, id)!;
      if (contentHash(entity) !== row.contentHash) damaged.push(row);
    }
  }
  return damaged;
}
