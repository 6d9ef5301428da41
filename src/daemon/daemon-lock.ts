import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { acquireFileLock } from "../local/storage/file-lock.ts";

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

/** Whether this process is the one that holds the lock. What a daemon wrote of itself does not say so: the number may be
 *  that of a container, where it means another process, or have come round again. Where the system lists open files,
 *  as Linux does, they settle it; elsewhere it must do that the process is there. */
export function isHoldingLock(stateDir: string, pid: number): boolean {
  if (!existsSync("/proc/self/fd")) return isAlive(pid);
  try {
    const lock = statSync(daemonLockFile(stateDir));
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const file = statSync(`/proc/${pid}/fd/${descriptor}`, { throwIfNoEntry: false });
      return file?.ino === lock.ino && file.dev === lock.dev;
    });
  } catch {
    return false; // it has ended, or is another user's
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
