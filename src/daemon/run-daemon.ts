import { MoodsyncError } from "../domain/moodsync-error.ts";
import { acquireDaemonLock } from "./daemon-lock.ts";
import { removeDaemonStatus } from "./daemon-status.ts";
import { createSupervisor, type DaemonWorld } from "./supervisor.ts";

/** Runs the daemon of a database in this process until a signal ends it. Throws a `failure` where one runs already. */
export async function runDaemon(
  world: DaemonWorld,
  signals: { onStop(callback: (signal: string) => void): void; onReload(callback: () => void): void },
): Promise<void> {
  const release = acquireDaemonLock(world.home.stateDir);
  if (!release) {
    throw new MoodsyncError("failure", "A daemon runs for this database already.", {
      hint: "`moodsync daemon status` shows it, and `moodsync daemon stop` ends it.",
    });
  }
  try {
    // What a dead daemon said of itself is not true of this one.
    removeDaemonStatus(world.home.stateDir);
    const supervisor = createSupervisor(world);
    signals.onStop((signal) => supervisor.stop(signal));
    signals.onReload(() => supervisor.reload());
    await supervisor.run();
    removeDaemonStatus(world.home.stateDir);
  } finally {
    release();
  }
}
