import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { startProgram } from "../tests/helpers/program/program.ts";
import type { Figure } from "./figure.ts";
import { cpuOf, MOODSYNC, residentMbOf } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const HOLDS_A_TIMER = ["-e", "setInterval(() => {}, 1e6)"];
const MAX_MEMORY_RATIO = 1.5;
const IDLE_MS = 60_000;
/** A tenth of a per mille of a processor. */
const MAX_IDLE_CPU_MS = 6;
/** V8 tidies its heap up some seconds after the last activity. */
const SETTLE_MS = 20_000;

/** A daemon that has synced, against a bare Node with a timer, and its idle minute after that. Linux only: what a
 *  process holds and uses is read from /proc. */
export async function measureDaemon(server: SyncServer): Promise<Figure[]> {
  if (!existsSync("/proc/self/schedstat")) return [];
  const home = newHome();
  server.connect(home, server.addAccount());
  const daemon = startProgram(MOODSYNC, ["daemon", "run"], { home });
  const bare = startProgram(HOLDS_A_TIMER[0]!, HOLDS_A_TIMER.slice(1), { home });
  try {
    while (!hasSynced(home)) await sleep(100);
    await sleep(SETTLE_MS);
    const before = cpuOf(daemon.child.pid!);
    await sleep(IDLE_MS);
    const idleCpuMs = cpuOf(daemon.child.pid!) - before;
    const daemonMb = residentMbOf(daemon.child.pid!);
    const bareMb = residentMbOf(bare.child.pid!);
    return [
      {
        name: "memory of the daemon",
        unit: "MB",
        values: [daemonMb],
        reference: { name: "a bare Node with a timer", values: [bareMb] },
        limit: { most: MAX_MEMORY_RATIO },
      },
      {
        name: "CPU of the idle daemon in a minute",
        unit: "ms",
        values: [idleCpuMs],
        limit: { most: MAX_IDLE_CPU_MS },
      },
    ];
  } finally {
    await Promise.all([daemon.stop(), bare.stop()]);
    removeHome(home);
  }
}

function hasSynced(home: string): boolean {
  const log = join(home, "state/daemon.log");
  return existsSync(log) && readFileSync(log, "utf8").includes('"synced"');
}
