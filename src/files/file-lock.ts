import { closeSync, openSync } from "node:fs";
import { basename, dirname } from "node:path";
import type Database from "better-sqlite3";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { openSqlite } from "./open-sqlite.ts";
import { makePrivateDirectory } from "./private-directory.ts";
import { systemError } from "./system-error.ts";

/** Takes a lock that one process at a time can hold: an exclusive transaction on a file of its own, which the kernel
 *  ends when the process dies, however it dies. Waits up to `waitMs` for it. Returns the release, or null when another
 *  process holds it. Throws a `failure` for a file that cannot be one. */
export function acquireFileLock(path: string, { waitMs }: { waitMs: number }): (() => void) | null {
  let lock: Database.Database | null = null;
  try {
    makePrivateDirectory(dirname(path));
    createOnce(path);
    lock = openSqlite(path, { timeout: waitMs });
    const held = lock;
    // Nothing is ever written to the file, so there is nothing to make durable.
    held.pragma("journal_mode = memory");
    held.pragma("synchronous = off");
    held.exec("begin exclusive");
    return () => held.close();
  } catch (error) {
    lock?.close();
    const { code = "" } = error as { code?: string };
    if (code === "SQLITE_BUSY") return null;
    if (!/^SQLITE_(NOTADB|CORRUPT|CANTOPEN)/.test(code)) throw systemError(error, path) ?? error;
    throw new MoodsyncError("failure", `The lock file ${basename(path)} cannot be used.`, {
      hint: "Delete it and try again; docs/security.md says where it is.",
      cause: error,
    });
  }
}

/** SQLite would make it as open as the umask allows. A file that is there is not opened: closing it would drop a lock
 *  that this very process holds on it. */
function createOnce(path: string): void {
  try {
    closeSync(openSync(path, "ax", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
