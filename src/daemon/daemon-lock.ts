import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { acquireFileLock } from "../files/file-lock.ts";
import { isProcessAlive } from "../files/process-alive.ts";

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

/** Whether the process of this number is the one that holds the lock. The number in the daemon's status does not prove it:
 *  it may be that of a process in a container, or belong to another process by now. Where the system lists the open files
 *  of a process, as Linux does, they prove it; elsewhere it counts that the process is there. */
export function isHoldingLock(stateDir: string, pid: number): boolean {
  if (!existsSync("/proc/self/fd")) return isProcessAlive(pid);
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
