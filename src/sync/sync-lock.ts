import { join } from "node:path";
import { acquireFileLock } from "../files/file-lock.ts";

/** Lets one sync run at a time for a database, whichever process starts it. Returns the release, or null when another
 *  sync holds it. */
export function acquireSyncLock(stateDir: string): (() => void) | null {
  return acquireFileLock(join(stateDir, "sync.lock"), { waitMs: 0 });
}
