import { existsSync } from "node:fs";
import { join } from "node:path";
import { acquireFileLock } from "../local/file-lock.ts";

/** Longer than a question whether the lock is held takes. */
const START_WAIT_MS = 500;

export const daemonLockFile = (stateDir: string) => join(stateDir, "daemon.lock");

/** Lets one daemon run at a time for a database. Returns the release, or null when another runs. */
export function acquireDaemonLock(stateDir: string): (() => void) | null {
  return acquireFileLock(daemonLockFile(stateDir), { waitMs: START_WAIT_MS });
}

/** Whether a daemon runs. What a dead one left behind does not count. */
export function isDaemonRunning(stateDir: string): boolean {
  if (!existsSync(daemonLockFile(stateDir))) return false;
  const release = acquireFileLock(daemonLockFile(stateDir), { waitMs: 0 });
  release?.();
  return release === null;
}
