import type Database from "better-sqlite3";

/** A number that another process's write changes, and none of our own. Null where it cannot be read. */
export function readDataVersion(db: Database.Database): number | null {
  try {
    return db.pragma("data_version", { simple: true }) as number;
  } catch {
    return null;
  }
}
