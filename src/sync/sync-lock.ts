import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Lets one sync run at a time for a database, whichever process starts it. The lock is an exclusive transaction
 *  on a file of its own: the kernel releases it when the process dies. Returns the release, or null when another
 *  sync holds it. */
export function acquireSyncLock(stateDir: string): (() => void) | null {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const lock = new Database(join(stateDir, "sync.lock"), { timeout: 0 });
  try {
    // Nothing is ever written to the file, so there is nothing to make durable.
    lock.pragma("journal_mode = memory");
    lock.pragma("synchronous = off");
    lock.exec("begin exclusive");
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code === "SQLITE_BUSY") return null;
    throw error;
  }
}
