import { join } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { acquireFileLock } from "../files/file-lock.ts";

/** Lets one sync run at a time for a database, whichever process starts it. Returns the release, or null when another
 *  sync holds it. */
export function acquireSyncLock(stateDir: string): (() => void) | null {
  return acquireFileLock(join(stateDir, "sync.lock"), { waitMs: 0 });
}

/** What needs the lock, and found another sync at work. */
export function anotherSyncRuns(): MoodsyncError {
  return new MoodsyncError("failure", "Another sync is running on this device.", {
    hint: "Try again in a moment.",
  });
}
