import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";

/** How many characters of an identifier are shown where no other entity begins with them. */
const SHOWN_CHARACTERS = 7;

/** The beginning of an identifier that no other entity on this device shares, of at least 7 characters. */
export function shortId(db: Database.Database, id: string): string {
  let length = SHOWN_CHARACTERS;
  while (length < id.length && isShared(db, id.slice(0, length))) length++;
  return id.slice(0, length);
}

function isShared(db: Database.Database, prefix: string): boolean {
  let found = 0;
  for (const entityType of ENTITY_TYPES) {
    const sql = `select id from ${ENTITY_TABLE[entityType]} where id >= ? and id < ? limit 2`;
    found += statement(db, sql).all(prefix, `${prefix}g`).length;
  }
  return found > 1;
}
