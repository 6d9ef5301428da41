import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";

/** Whether the newest of all versions that this device knows was made on it. After a sync every device knows the same
 *  newest version, so this is true on one of them, the one that its user wrote on last. False in an empty database.
 *  Reads the four tables from end to end, so it is asked only while something is due. */
export function isLastUsedDevice(db: Database.Database): boolean {
  const newest = ENTITY_TYPES.map(
    (entityType) =>
      `select * from (select '${entityType}' as entity_type, id, updated_at, content_hash
         from ${ENTITY_TABLE[entityType]} order by updated_at desc limit 1)`,
  ).join(" union all ");
  const sql = `select 1 from (${newest} order by updated_at desc limit 1) as newest
    join command_changes as made using (entity_type, id)
    where made.after_hash = newest.content_hash limit 1`;
  return statement(db, sql).get() !== undefined;
}
