import Database from "better-sqlite3";

/** Every database that this process has opened. On Node 24, better-sqlite3 12 ends the process with SIGABRT when the
 *  garbage collector takes one, closed or not; version 13, which does not, crashes on Node 20. */
const opened: Database.Database[] = [];

/** Opens an SQLite file, or the bytes of one. The one place that does. */
export function openSqlite(file: string | Buffer, options: Database.Options = {}): Database.Database {
  const db = new Database(file, options);
  opened.push(db);
  return db;
}
