import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { acquireDaemonLock } from "./daemon-lock.ts";
import { removeDaemonStatus } from "./daemon-status.ts";
import { createSupervisor, type DaemonEnvironment } from "./supervisor.ts";

/** For how long process 1 waits for others, which may be somebody's shell. */
const OTHERS_MS = 2_000;
const OTHERS_POLL_MS = 25;

/** Runs the daemon of a database in this process until a signal ends it. Throws a `failure` where one runs already. */
export async function runDaemon(
  environment: DaemonEnvironment,
  signals: { onStop(callback: (signal: string) => void): void; onReload(callback: () => void): void },
): Promise<void> {
  const release = acquireDaemonLock(environment.home.stateDir);
  if (!release) {
    throw new MoodsyncError("failure", "A daemon is already running for this database.", {
      hint: "`moodsync daemon status` shows it, and `moodsync daemon stop` stops it.",
    });
  }
  try {
    // The status that a killed daemon left behind is not true of this one.
    removeDaemonStatus(environment.home.stateDir);
    const supervisor = createSupervisor(environment);
    signals.onStop((signal) => supervisor.stop(signal));
    signals.onReload(() => supervisor.reload());
    await supervisor.run();
    removeDaemonStatus(environment.home.stateDir);
  } finally {
    release();
  }
  if (process.pid === 1) await othersToEnd();
}

/** With process 1 of a container the kernel kills all others, and so the `daemon stop` that waits for the lock. */
async function othersToEnd(): Promise<void> {
  for (let waitedMs = 0; waitedMs < OTHERS_MS && countProcesses() > 1; waitedMs += OTHERS_POLL_MS) {
    await sleep(OTHERS_POLL_MS);
  }
}

function countProcesses(): number {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).length;
}
