import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";
import type { ServerLog } from "../observability/log.ts";
import { type StartedPostmaster, stopPostmaster } from "./postmaster.ts";

/** Before each attempt to start it again. The last wait is repeated, so that one that cannot start costs next to
 *  nothing, and comes back when its disk does. */
const WAITS_MS = [100, 1_000, 5_000, 15_000, MINUTE_MS];
/** Whatever ran as long as that begins with the first wait again. */
const STEADY_MS = 10 * MINUTE_MS;
const POLL_MS = 20;

/** Starts PostgreSQL again at the same place whenever it ends by itself, until `stop` ends it for good. */
export function keepRunning(
  first: StartedPostmaster,
  options: { dataDirectory: string; start(): Promise<StartedPostmaster>; log: ServerLog },
): { stop(): Promise<void> } {
  const { dataDirectory, start, log } = options;
  const over = new AbortController();
  const watching = watch();

  async function watch(): Promise<void> {
    let attempts = 0;
    for (let running: StartedPostmaster | null = first; !over.signal.aborted; ) {
      if (running !== null) {
        const startedAtMs = performance.now();
        await running.ended;
        if (over.signal.aborted) return;
        log.error("private database ended", { code: "database_ended" });
        if (performance.now() - startedAtMs > STEADY_MS) attempts = 0;
      }
      await pause(WAITS_MS[Math.min(attempts, WAITS_MS.length - 1)]!);
      if (over.signal.aborted) return;
      attempts++;
      running = await start().catch(() => null);
      if (running !== null) log.warn("private database started again", { attempts });
      else if (!over.signal.aborted)
        log.error("private database did not start", { code: "database_not_started", attempts });
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: over.signal }).catch(() => {});
  }

  return {
    async stop() {
      over.abort();
      let isWatching = true;
      void watching.then(() => {
        isWatching = false;
      });
      // Repeated, because one that is just being started has no number yet by which it could be found.
      do {
        await stopPostmaster(dataDirectory);
        await Promise.race([watching, sleep(POLL_MS)]);
      } while (isWatching);
    },
  };
}
