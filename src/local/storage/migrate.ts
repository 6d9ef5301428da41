import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { packageRoot } from "../../package-root.ts";
import { backUp } from "./backup.ts";
import { requireOwnSchema, schemaVersion } from "./own-schema.ts";

/** Applies the numbered files of migrations/local that the database does not have yet, each in one transaction.
 *  An existing database (`file` is its path) is backed up first. Throws a `failure` for one of a newer version or with a schema that
 *  is not ours. */
export function migrate(db: Database.Database, file: string | null): void {
  const migrations = readMigrations();
  const newest = migrations.length;
  const current = db.transaction(() => {
    const version = schemaVersion(db);
    if (version > newest) throw newerDatabase(file);
    requireOwnSchema(db, version, file);
    return version;
  })();
  if (current === newest) return;
  if (file) backUp(db, file, "before-schema");
  for (const { number, path } of migrations) applyMigration(db, number, path);
}

function applyMigration(db: Database.Database, number: number, path: string): void {
  db.transaction(() => {
    if (schemaVersion(db) >= number) return; // another process came first
    db.exec(readFileSync(path, "utf8"));
    db.pragma(`user_version = ${number}`);
  }).immediate();
}

function readMigrations(): { number: number; path: string }[] {
  const directory = join(packageRoot(), "migrations", "local");
  return readdirSync(directory)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), path: join(directory, name) }));
}

function newerDatabase(file: string | null): MoodsyncError {
  return new MoodsyncError("failure", `The database ${file} was written by a newer version of moodsync.`, {
    hint: "Update moodsync on this device; nothing was changed.",
  });
}
