import { performance } from "node:perf_hooks";
import { MINUTE_MS } from "../domain/time/durations.ts";
import type { Home } from "../local/storage/home.ts";
import { readSettings } from "../settings/settings-file.ts";
import { watchForChanges } from "./change-watch.ts";
import { createChildRunner } from "./child-process.ts";
import { logEvent } from "./daemon-log.ts";
import { type DaemonState, isUpToDate, type Moment, nextAction, startState } from "./daemon-state.ts";
import { createStatusFile } from "./daemon-status.ts";
import {
  afterObservation,
  afterProbe,
  afterReminders,
  afterSnapshot,
  afterSyncRun,
  type Transition,
  withoutSnapshot,
} from "./daemon-transitions.ts";
import { isServerListening } from "./server-probe.ts";
import { showReminders } from "./show-reminders.ts";
import { parseSnapshot, withWantedReminders } from "./snapshot.ts";
import { runSyncChild } from "./sync-child.ts";

/** What the daemon uses of the system. */
export interface DaemonEnvironment {
  home: Home;
  env: NodeJS.ProcessEnv;
  /** Starts this program again, with a command's words after it. */
  program: readonly string[];
  version: string;
  nowMs(): number;
}

export interface Supervisor {
  /** Works until it is stopped. */
  run(): Promise<void>;
  /** Ends the running child, too: within 3 s, whatever that does. */
  stop(reason: string): void;
  /** Reads the settings anew, and tries again what had been given up. */
  reload(): void;
}

const SNAPSHOT_TIMEOUT_MS = MINUTE_MS;

/** Carries out what `daemon-state.ts` decides, each sync and each snapshot in a process of its own. Holds no database and
 *  no key. */
export function createSupervisor({ home, env, program, version, nowMs }: DaemonEnvironment): Supervisor {
  const { stateDir } = home;
  const monotonicMs = () => performance.now();
  const moment = (): Moment => ({ wallMs: nowMs(), monotonicMs: monotonicMs(), random: Math.random });
  const statusFile = createStatusFile(stateDir, { pid: process.pid, version, startedAtMs: nowMs() });
  const children = createChildRunner(env);
  const pause = createPause();
  const changes = watchForChanges({ home, onEvent: pause.end, wallMs: nowMs, monotonicMs });
  let state: DaemonState = startState(readSettings(home.configDir), moment());
  let mustReload = false;
  let stopReason: string | null = null;

  function enter(transition: Transition): void {
    state = transition.state;
    for (const event of transition.events) logEvent(stateDir, event, nowMs());
  }

  function observe(): void {
    const { homeGone, settingsChanged, ...seen } = changes.observe();
    if (homeGone) stop("home gone");
    const newSettings = settingsChanged || mustReload ? readSettings(home.configDir) : null;
    enter(afterObservation(state, { ...seen, newSettings, mustRetry: mustReload }, moment()));
    mustReload = false;
  }

  async function sync(): Promise<void> {
    const run = await runSyncChild(children, program);
    if (stopReason !== null) return;
    changes.markDatabaseSeen();
    enter(afterSyncRun(state, run, moment()));
  }

  async function takeSnapshot(): Promise<void> {
    changes.markDatabaseSeen();
    const command = [...program, "daemon", "snapshot"];
    const { code, stdout } = await children.run(command, { timeoutMs: SNAPSHOT_TIMEOUT_MS });
    if (stopReason !== null) return;
    const snapshot = code === 0 ? parseSnapshot(stdout) : null;
    if (!snapshot) return enter(withoutSnapshot(state, code, moment()));
    enter(afterSnapshot(state, snapshot, moment()));
    const wanted = withWantedReminders(snapshot, state.settings);
    if (!wanted) return;
    const given = {
      stateDir,
      configDir: home.configDir,
      env,
      snapshot: wanted,
      isUpToDate: isUpToDate(state, moment()),
      children,
      nowMs: nowMs(),
    };
    enter(afterReminders(state, await showReminders(given), moment()));
  }

  function stop(reason: string): void {
    stopReason ??= reason;
    children.end();
    pause.end();
  }

  async function run(): Promise<void> {
    logEvent(stateDir, { event: "started", pid: process.pid, version }, nowMs());
    while (stopReason === null) {
      observe();
      if (stopReason !== null) break;
      statusFile.update(state, moment());
      const action = nextAction(state, moment());
      switch (action.kind) {
        case "sync":
          await sync();
          break;
        case "snapshot":
          await takeSnapshot();
          break;
        case "probe":
          enter(afterProbe(state, await isServerListening(action.endpointUrl), moment()));
          break;
        case "wait":
          await pause.begin(action.ms);
      }
    }
    changes.close();
    logEvent(stateDir, { event: "stopped", reason: stopReason }, nowMs());
  }

  return {
    run,
    stop,
    reload() {
      mustReload = true;
      pause.end();
    },
  };
}

/** A wait that can be ended before its time. To end it while none runs does nothing. */
function createPause(): { begin(ms: number): Promise<void>; end(): void } {
  let wakeUp = () => {};
  return {
    begin: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => wakeUp(), ms);
        wakeUp = () => {
          clearTimeout(timer);
          wakeUp = () => {};
          resolve();
        };
      }),
    end: () => wakeUp(),
  };
}
