import type Database from "better-sqlite3";

const cache = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** The prepared statement of a text, prepared once for each open database. */
export function statement(db: Database.Database, sql: string): Database.Statement {
  const statements = cache.get(db) ?? new Map<string, Database.Statement>();
  if (statements.size === 0) cache.set(db, statements);
  const known = statements.get(sql);
  if (known) return known;
  const prepared = db.prepare(sql);
  statements.set(sql, prepared);
  return prepared;
}
