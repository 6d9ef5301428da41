import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { isDaemonRunning, isHoldingLock } from "./daemon-lock.ts";
import { readDaemonStatus } from "./daemon-status.ts";
import type { DaemonEnvironment } from "./supervisor.ts";

const START_TIMEOUT_MS = 10_000;
/** The daemon ends within 5 s of SIGTERM, whatever it does. */
const STOP_TIMEOUT_MS = 6_000;
const POLL_MS = 25;

/** Starts a daemon that outlives this process and its terminal, and waits until it works. */
export async function startInBackground(
  environment: Pick<DaemonEnvironment, "home" | "env" | "program">,
): Promise<{ pid: number; wasRunning: boolean }> {
  const { stateDir } = environment.home;
  const running = await runningPid(stateDir);
  if (running !== null) return { pid: running, wasRunning: true };
  const [program = "", ...args] = environment.program;
  const child = spawn(program, [...args, "daemon", "run"], {
    env: environment.env,
    cwd: "/",
    detached: true,
    stdio: "ignore",
  });
  let hasEnded = false;
  const ended = once(child, "exit").then(
    () => {
      hasEnded = true;
    },
    () => {
      hasEnded = true;
    },
  );
  child.unref();
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (readDaemonStatus(stateDir)?.pid === child.pid) return { pid: child.pid!, wasRunning: false };
    if (hasEnded) break;
    await Promise.race([sleep(POLL_MS), ended]);
  }
  // Another `start` may have been faster.
  const other = await runningPid(stateDir);
  if (other !== null) return { pid: other, wasRunning: true };
  throw new MoodsyncError("failure", "The daemon did not start.", {
    hint: "`moodsync daemon run` runs it in this terminal and shows why.",
  });
}

/** Waits until a daemon that the system starts works. False where none does in time. */
export async function waitForDaemon(stateDir: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (isDaemonRunning(stateDir) && readDaemonStatus(stateDir) !== null) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Ends the running daemon and waits until its lock is free. False where none ran. */
export async function stopInBackground(stateDir: string): Promise<boolean> {
  const pid = await runningPid(stateDir);
  if (pid === null) return false;
  signal(pid, "SIGTERM");
  for (let waitedMs = 0; isDaemonRunning(stateDir); waitedMs += POLL_MS) {
    if (waitedMs === STOP_TIMEOUT_MS) signal(pid, "SIGKILL");
    if (waitedMs > 2 * STOP_TIMEOUT_MS) {
      throw new MoodsyncError("failure", "The daemon does not stop.", {
        hint: "`moodsync daemon status` shows its process.",
      });
    }
    await sleep(POLL_MS);
  }
  return true;
}

/** Process of the daemon that holds the lock; null where none does. One that has only just taken it has a moment to
 *  say who it is. Throws a `failure` where it does not. */
async function runningPid(stateDir: string): Promise<number | null> {
  for (let waitedMs = 0; waitedMs < 1_000; waitedMs += POLL_MS) {
    if (!isDaemonRunning(stateDir)) return null;
    const pid = readDaemonStatus(stateDir)?.pid;
    if (pid !== undefined && isHoldingLock(stateDir, pid)) return pid;
    await sleep(POLL_MS);
  }
  throw new MoodsyncError("failure", "A daemon is running, but not where this command can find it.", {
    hint: "It may be running in a container or as another user; stop it there.",
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
