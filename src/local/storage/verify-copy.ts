import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { requireOwnSchema, schemaVersion } from "./own-schema.ts";

/** What a database holds, as two of them are compared: equal where both have the same rows with the same content. */
export interface Contents {
  schemaVersion: number;
  /** Rows of the entities and of their history. */
  rows: number;
  /** SHA-256 of which version of which entity is in which row. */
  digest: string;
}

/** Reads it in one query a table, from any schema version of ours. */
export function readContents(db: Database.Database): Contents {
  return db.transaction(() => {
    const hash = createHash("sha256");
    let rows = 0;
    for (const table of tablesOf(db)) {
      // In the order of the rows, which a copy keeps: an index of a damaged file may lack some.
      const sql = `select id || ' ' || updated_at || ' ' || content_hash from ${table} not indexed`;
      hash.update(`${table}\n`);
      for (const row of db.prepare(sql).pluck().iterate() as Iterable<string>) {
        hash.update(`${row}\n`);
        rows++;
      }
    }
    return { schemaVersion: schemaVersion(db), rows, digest: hash.digest("hex") };
  })();
}

/** None in a database from before the first migration. */
function tablesOf(db: Database.Database): string[] {
  const isThere = db.prepare("select 1 from sqlite_schema where type = 'table' and name = ?");
  const tables = [...ENTITY_TYPES.map((entityType) => ENTITY_TABLE[entityType]), "entity_history"];
  return tables.filter((table) => isThere.get(table) !== undefined);
}

/** Throws SQLite's error of a damaged file where its pages or indexes do not fit together, and a `failure` where the schema
 *  is not ours. */
export function requireIntact(db: Database.Database): void {
  const [found] = db.pragma("integrity_check(1)") as { integrity_check: string }[];
  if (found?.integrity_check !== "ok") {
    throw Object.assign(new Error("the integrity check failed"), { code: "SQLITE_CORRUPT" });
  }
  requireOwnSchema(db, schemaVersion(db), db.name);
}

/** Throws a `failure` unless an intact copy holds what these contents say. */
export function requireSameContents(copy: Database.Database, expected: Contents): void {
  const { digest } = readContents(copy);
  if (digest === expected.digest) return;
  throw new MoodsyncError("failure", "The copy of the database does not hold what the database holds.", {
    hint: "Check the disk, then try again; nothing was changed.",
  });
}
