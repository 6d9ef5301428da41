import { MINUTE_MS } from "../domain/time/durations.ts";
import type { Settings } from "../settings/definitions.ts";
import type { Snapshot } from "./snapshot.ts";
import { nextStep, type SyncPlan, type SyncResult, startPlan } from "./sync-plan.ts";

/** Everything that the daemon's decisions depend on. `supervisor.ts` does what `nextAction` says, and what came of it leads
 *  to the next state in `daemon-transitions.ts`. All of this is pure. */
export interface DaemonState {
  settings: Settings;
  plan: SyncPlan;
  /** The last one that could be taken; null: none yet. */
  snapshot: Snapshot | null;
  /** Whether the last attempt to take one worked; null: none was made yet. */
  isDatabaseReadable: boolean | null;
  lastSync: { result: SyncResult; wallMs: number; monotonicMs: number } | null;
  /** Whether the server's port accepted connections when it was last probed. */
  wasListening: boolean;
  /** When it is probed next, by the monotonic clock, if it is away by then. */
  probeAtMs: number;
  /** When a reminder may be due, in ms since 1970; null: only after an event. */
  remindAtMs: number | null;
  /** Why the last reminder could not be shown; null: it could. */
  reminderProblem: string | null;
}

/** The two clocks at one moment, and the randomness of the waits that begin then. */
export interface Moment {
  wallMs: number;
  monotonicMs: number;
  random(): number;
}

export type Action =
  | { kind: "sync" | "snapshot" }
  | { kind: "probe"; endpointUrl: string }
  | { kind: "wait"; ms: number };

/** Files are checked for changes at least so often, in ms, even where the kernel does not report them. */
const LONGEST_WAIT_MS = MINUTE_MS;
/** For how long after a sync it is known what other devices did. */
const FRESH_MS = 2 * MINUTE_MS;

export function startState(settings: Settings, { monotonicMs }: Moment): DaemonState {
  return {
    settings,
    plan: startPlan(monotonicMs),
    snapshot: null,
    isDatabaseReadable: null,
    lastSync: null,
    wasListening: true,
    probeAtMs: monotonicMs,
    remindAtMs: null,
    reminderProblem: null,
  };
}

/** What to do now. `ms` is never longer than a minute. */
export function nextAction(state: DaemonState, { wallMs, monotonicMs }: Moment): Action {
  const step = nextStep(state.plan, monotonicMs);
  if (step.kind === "sync") return { kind: "sync" };
  const endpointUrl = endpointToProbe(state);
  if (endpointUrl !== null && state.probeAtMs <= monotonicMs) return { kind: "probe", endpointUrl };
  if (step.kind === "snapshot") return { kind: "snapshot" };
  const untilReminderMs =
    state.remindAtMs === null ? LONGEST_WAIT_MS : Math.max(0, state.remindAtMs - wallMs);
  const untilProbeMs = endpointUrl === null ? LONGEST_WAIT_MS : state.probeAtMs - monotonicMs;
  return { kind: "wait", ms: Math.min(step.ms, untilReminderMs, untilProbeMs, LONGEST_WAIT_MS) };
}

/** Null where the server is not away, or nobody knows where it is. */
function endpointToProbe({ plan, lastSync, snapshot }: DaemonState): string | null {
  const isAway = plan.failures > 0 && lastSync?.result === "unreachable";
  return isAway ? (snapshot?.endpointUrl ?? null) : null;
}

/** Whether a reminder may be shown now: a sync has just fetched what other devices did, or none can. */
export function isUpToDate({ plan, lastSync }: DaemonState, { monotonicMs }: Moment): boolean {
  if (plan.halted !== null || plan.failures > 0) return true;
  const worked = lastSync?.result === "ok" || lastSync?.result === "partial";
  return worked && monotonicMs - lastSync.monotonicMs < FRESH_MS;
}
