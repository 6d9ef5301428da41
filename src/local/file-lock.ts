import { dirname } from "node:path";
import Database from "better-sqlite3";
import { makePrivateDirectory } from "../files/private-directory.ts";

/** Takes a lock that one process at a time can hold: an exclusive transaction on a file of its own, which the kernel
 *  ends when the process dies, however it dies. Waits up to `waitMs` for it. Returns the release, or null when another
 *  process holds it. */
export function acquireFileLock(path: string, { waitMs }: { waitMs: number }): (() => void) | null {
  makePrivateDirectory(dirname(path));
  const lock = new Database(path, { timeout: waitMs });
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
