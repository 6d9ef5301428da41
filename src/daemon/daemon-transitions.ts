import { MINUTE_MS, SECOND_MS } from "../domain/time/durations.ts";
import type { Settings } from "../settings/definitions.ts";
import type { Observation } from "./change-watch.ts";
import type { DaemonEvent } from "./daemon-log.ts";
import type { DaemonState, Moment } from "./daemon-state.ts";
import type { ReminderOutcome } from "./show-reminders.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  afterChange,
  afterClockJump,
  afterFailedSnapshot,
  afterNewInterval,
  afterNewKey,
  afterServerBack,
  afterSync,
  beforeReminder,
  type Pace,
  afterSnapshot as planAfterSnapshot,
  type SyncResult,
} from "./sync-plan.ts";

/** What follows from something that happened: the next state, and what to log. */
export interface Transition {
  state: DaemonState;
  events: DaemonEvent[];
}

/** How often a server that is away is probed. */
const PROBE_INTERVAL_MS = 10 * SECOND_MS;

/** After the files that the daemon depends on were checked. `newSettings`: as they now are; null: unchanged. `mustRetry`:
 *  somebody asks for what had been given up to be tried again. */
export function afterObservation(
  state: DaemonState,
  seen: Omit<Observation, "settingsChanged" | "homeGone"> & {
    newSettings: Settings | null;
    mustRetry: boolean;
  },
  moment: Moment,
): Transition {
  const { monotonicMs, wallMs } = moment;
  const events: DaemonEvent[] = [];
  let { settings, plan, remindAtMs } = state;
  if (seen.newSettings) {
    settings = seen.newSettings;
    plan = { ...afterNewInterval(plan, monotonicMs, paceOf(settings, moment)), snapshotAtMs: monotonicMs };
    events.push({ event: "settings read" });
  }
  const isStuck = plan.halted !== null || plan.failures > 0;
  if ((seen.mustRetry && isStuck) || (seen.keyChanged && plan.rejections > 0)) {
    plan = afterNewKey(plan, monotonicMs);
  }
  if (seen.databaseChanged) plan = afterChange(plan, monotonicMs);
  if (seen.clockJumped) {
    plan = afterClockJump(plan, monotonicMs);
    events.push({ event: "clock jumped" });
  }
  if (remindAtMs !== null && wallMs >= remindAtMs) {
    remindAtMs = null;
    plan = beforeReminder(plan, monotonicMs);
  }
  return { state: { ...state, settings, plan, remindAtMs }, events };
}

/** After a sync of the daemon's own. A server that could not be reached is probed at once, so that it is known from then
 *  on when it comes back. */
export function afterSyncRun(
  state: DaemonState,
  { result, event }: { result: SyncResult; event: DaemonEvent },
  moment: Moment,
): Transition {
  const { wallMs, monotonicMs } = moment;
  const plan = afterSync(state.plan, result, monotonicMs, paceOf(state.settings, moment));
  const nextMs = plan.syncAtMs === null ? {} : { next_ms: Math.round(plan.syncAtMs - monotonicMs) };
  const events: DaemonEvent[] = [{ ...event, ...nextMs }];
  if (plan.halted) events.push({ event: "sync stopped", reason: plan.halted });
  const probeAtMs = result === "unreachable" ? monotonicMs : state.probeAtMs;
  return { state: { ...state, plan, lastSync: { result, wallMs, monotonicMs }, probeAtMs }, events };
}

/** After a probe of a server that was away. */
export function afterProbe(state: DaemonState, isListening: boolean, { monotonicMs }: Moment): Transition {
  const isBack = isListening && !state.wasListening && state.plan.failures > 0;
  const plan = isBack ? afterServerBack(state.plan, monotonicMs) : state.plan;
  const probeAtMs = monotonicMs + PROBE_INTERVAL_MS;
  return {
    state: { ...state, plan, wasListening: isListening, probeAtMs },
    events: isBack ? [{ event: "server back" }] : [],
  };
}

/** A rejected key is tried again when the server is another one, or a sync that somebody else started worked. */
export function afterSnapshot(state: DaemonState, snapshot: Snapshot, { monotonicMs }: Moment): Transition {
  const mayWorkAgain =
    snapshot.endpointUrl !== (state.snapshot?.endpointUrl ?? null) ||
    snapshot.lastSuccessAtMs !== (state.snapshot?.lastSuccessAtMs ?? null);
  const mustRetry = state.plan.rejections > 0 && mayWorkAgain;
  const before = mustRetry ? afterNewKey(state.plan, monotonicMs) : state.plan;
  const plan = planAfterSnapshot(before, snapshot, monotonicMs);
  return { state: { ...state, plan, snapshot, isDatabaseReadable: true, remindAtMs: null }, events: [] };
}

/** After a snapshot that could not be taken; `exitCode` is that of its process, null where it had none. */
export function withoutSnapshot(
  state: DaemonState,
  exitCode: number | null,
  { monotonicMs }: Moment,
): Transition {
  const plan = afterFailedSnapshot(state.plan, monotonicMs);
  return {
    state: { ...state, plan, isDatabaseReadable: false },
    events: [{ event: "snapshot failed", exit_code: exitCode }],
  };
}

/** After the reminders of a snapshot were decided. */
export function afterReminders(
  state: DaemonState,
  outcome: ReminderOutcome,
  { monotonicMs }: Moment,
): Transition {
  const soonestMs = Math.min(
    outcome.checkAgainAtMs ?? Number.POSITIVE_INFINITY,
    state.snapshot?.nextDueAtMs ?? Number.POSITIVE_INFINITY,
  );
  const next = { ...state, remindAtMs: Number.isFinite(soonestMs) ? soonestMs : null };
  switch (outcome.kind) {
    case "nothing":
      return { state: next, events: [] };
    case "after_sync":
      return { state: { ...next, plan: beforeReminder(state.plan, monotonicMs) }, events: [] };
    case "shown":
      return {
        state: { ...next, reminderProblem: null },
        events: [{ event: "reminded", count: outcome.count }],
      };
    case "failed":
      return {
        state: { ...next, reminderProblem: outcome.reason },
        events: [{ event: "reminder failed", reason: outcome.reason }],
      };
  }
}

function paceOf(settings: Settings, { random }: Moment): Pace {
  return { intervalMs: settings["sync.interval"] * MINUTE_MS, random };
}
