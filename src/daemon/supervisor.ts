import { performance } from "node:perf_hooks";
import type { Home } from "../local/storage/home.ts";
import type { Settings } from "../settings/definitions.ts";
import { readSettings } from "../settings/settings-file.ts";
import { watchSurroundings } from "./change-watch.ts";
import { createChildRunner } from "./child-process.ts";
import { type DaemonEvent, logEvent } from "./daemon-log.ts";
import { type DaemonStatus, writeDaemonStatus } from "./daemon-status.ts";
import { EMPTY_LOOK, type Look, parseLook } from "./look.ts";
import { isServerListening } from "./server-probe.ts";
import { remind } from "./show-reminders.ts";
import { runSyncChild } from "./sync-child.ts";
import {
  afterChange,
  afterFailedLook,
  afterLook,
  afterNewInterval,
  afterNewKey,
  afterServerBack,
  afterSync,
  afterWake,
  beforeReminder,
  nextStep,
  type Pace,
  type SyncResult,
  startPlan,
} from "./sync-plan.ts";

/** What the daemon uses of the world. */
export interface DaemonWorld {
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

/** Nothing is looked at less often than this, in ms: where the kernel does not tell of changes, this finds them. */
const ROUND_MS = 60_000;
/** How often a server that is away is knocked at, in ms. */
const PROBE_MS = 10_000;
const LOOK_TIMEOUT_MS = 60_000;
/** How long after a sync it is still known what other devices did, in ms. */
const FRESH_MS = 2 * 60_000;

const monotonicMs = () => performance.now();

/** Decides when to sync and to remind, and lets processes of their own do it. Holds no database and no key. */
export function createSupervisor({ home, env, program, version, nowMs }: DaemonWorld): Supervisor {
  const { stateDir } = home;
  const startedAtMs = nowMs();
  const children = createChildRunner(env);
  const surroundings = watchSurroundings({ home, onEvent: interrupt, wallMs: nowMs, monotonicMs });
  let settings: Settings = readSettings(home.configDir);
  let plan = startPlan(monotonicMs());
  let look: Look = EMPTY_LOOK;
  let lastSync: { result: SyncResult; wallMs: number; monotonicMs: number } | null = null;
  let databaseRead: boolean | null = null;
  let serverWasListening = true;
  let probedAtMs = 0;
  let remindAtWallMs: number | null = null;
  let reminderProblem: string | null = null;
  let mustReload = false;
  let stopReason: string | null = null;
  let published = "";
  let wakeUp = () => {};

  const pace = (): Pace => ({ intervalMs: settings["sync.interval"] * 60_000, random: Math.random });
  const log = (event: DaemonEvent) => logEvent(stateDir, event, nowMs());

  function interrupt(): void {
    wakeUp();
  }

  function observe(): void {
    const seen = surroundings.observe();
    const atMs = monotonicMs();
    if (seen.homeGone) stop("home gone");
    if (seen.settingsChanged || mustReload) {
      settings = readSettings(home.configDir);
      plan = { ...afterNewInterval(plan, atMs, pace()), lookAtMs: atMs };
      log({ event: "settings read" });
    }
    const isStuck = plan.halted !== null || plan.failures > 0;
    if ((mustReload && isStuck) || (seen.keyChanged && plan.halted === "key_rejected")) {
      plan = afterNewKey(plan, atMs);
    }
    mustReload = false;
    if (seen.databaseChanged) plan = afterChange(plan, atMs);
    if (seen.woke) {
      plan = afterWake(plan, atMs);
      log({ event: "woke" });
    }
    if (remindAtWallMs !== null && nowMs() >= remindAtWallMs) {
      remindAtWallMs = null;
      plan = beforeReminder(plan, atMs);
    }
  }

  async function sync(): Promise<void> {
    const { result, event } = await runSyncChild(children, program);
    if (stopReason !== null) return;
    const atMs = monotonicMs();
    surroundings.settleDatabase();
    lastSync = { result, wallMs: nowMs(), monotonicMs: atMs };
    plan = afterSync(plan, result, atMs, pace());
    log({ ...event, ...(plan.syncAtMs === null ? {} : { next_ms: Math.round(plan.syncAtMs - atMs) }) });
    if (plan.halted) log({ event: "sync stopped", reason: plan.halted });
    if (result === "unreachable") await knock();
  }

  /** Notices that a server which was away accepts connections again. */
  async function knock(): Promise<void> {
    if (look.endpointUrl === null) return;
    const isListening = await isServerListening(look.endpointUrl);
    probedAtMs = monotonicMs();
    if (isListening && !serverWasListening && plan.failures > 0) {
      plan = afterServerBack(plan, probedAtMs);
      log({ event: "server back" });
    }
    serverWasListening = isListening;
  }

  async function lookAround(): Promise<void> {
    surroundings.settleDatabase();
    const command = [...program, "daemon", "snapshot"];
    const { code, stdout } = await children.run(command, { timeoutMs: LOOK_TIMEOUT_MS });
    if (stopReason !== null) return;
    const seen = code === 0 ? parseLook(stdout) : null;
    databaseRead = seen !== null;
    if (!seen) {
      plan = afterFailedLook(plan, monotonicMs());
      return log({ event: "look failed", exit_code: code });
    }
    const mayWorkAgain =
      seen.endpointUrl !== look.endpointUrl || seen.lastSuccessAtMs !== look.lastSuccessAtMs;
    if (plan.halted === "key_rejected" && mayWorkAgain) plan = afterNewKey(plan, monotonicMs());
    look = seen;
    plan = afterLook(plan, look, monotonicMs());
    await showReminders();
  }

  async function showReminders(): Promise<void> {
    remindAtWallMs = null;
    if (!settings.reminders) return;
    const isFresh =
      lastSync !== null &&
      (lastSync.result === "ok" || lastSync.result === "partial") &&
      monotonicMs() - lastSync.monotonicMs < FRESH_MS;
    const isUpToDate = isFresh || plan.halted !== null || plan.failures > 0;
    const reminded = await remind({ stateDir, look, isUpToDate, children, nowMs: nowMs() });
    const soonest = Math.min(
      reminded.lookAgainAtMs ?? Number.POSITIVE_INFINITY,
      look.nextDueAtMs ?? Number.POSITIVE_INFINITY,
    );
    remindAtWallMs = Number.isFinite(soonest) ? soonest : null;
    switch (reminded.kind) {
      case "nothing":
        return;
      case "after_sync":
        plan = beforeReminder(plan, monotonicMs());
        return;
      case "shown":
        reminderProblem = null;
        return log({ event: "reminded", count: reminded.count });
      case "failed":
        reminderProblem = reminded.reason;
        return log({ event: "reminder failed", reason: reminded.reason });
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => wakeUp(), ms);
      wakeUp = () => {
        clearTimeout(timer);
        wakeUp = () => {};
        resolve();
      };
    });
  }

  function publish(): void {
    const { syncAtMs, failures, halted } = plan;
    const text = JSON.stringify([plan, lastSync, settings, reminderProblem, databaseRead]);
    if (text === published) return;
    published = text;
    const time = (ms: number) => new Date(Math.round(ms)).toISOString();
    const status: DaemonStatus = {
      pid: process.pid,
      version,
      started_at: time(startedAtMs),
      interval_minutes: settings["sync.interval"],
      database_read: databaseRead,
      halted: look === EMPTY_LOOK ? null : halted, // what a plan starts with is no finding
      last_sync_at: lastSync && time(lastSync.wallMs),
      last_sync: lastSync?.result ?? null,
      failures,
      next_sync_at: syncAtMs === null ? null : time(nowMs() + syncAtMs - monotonicMs()),
      reminders: settings.reminders,
      reminder_problem: reminderProblem,
    };
    try {
      writeDaemonStatus(stateDir, status);
    } catch {
      // A full disk must not end the daemon; the next change tries again.
    }
  }

  function stop(reason: string): void {
    stopReason ??= reason;
    children.end();
    interrupt();
  }

  async function run(): Promise<void> {
    log({ event: "started", pid: process.pid, version });
    while (stopReason === null) {
      observe();
      if (stopReason !== null) break;
      publish();
      const step = nextStep(plan, monotonicMs());
      if (step.kind === "sync") await sync();
      else if (step.kind === "look") await lookAround();
      else {
        const isAway = plan.failures > 0 && lastSync?.result === "unreachable";
        const untilReminderMs = Math.max(0, (remindAtWallMs ?? Number.POSITIVE_INFINITY) - nowMs());
        await pause(Math.min(step.ms, untilReminderMs, isAway ? PROBE_MS : ROUND_MS));
        if (isAway && stopReason === null && monotonicMs() - probedAtMs >= PROBE_MS) await knock();
      }
    }
    surroundings.close();
    log({ event: "stopped", reason: stopReason });
  }

  return {
    run,
    stop,
    reload() {
      mustReload = true;
      interrupt();
    },
  };
}
