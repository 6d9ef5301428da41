import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../domain/time/durations.ts";

/** What the daemon does next, and why. All times are of a monotonic clock, in ms, so that setting the system's clock
 *  moves nothing. Pure: an event and a plan give the next plan. */
export interface SyncPlan {
  /** When to sync next; null: only after an event. */
  syncAtMs: number | null;
  /** When to take the next snapshot of the database; null: only after an event. Each sync is followed by one. */
  snapshotAtMs: number | null;
  /** Syncs that failed since one succeeded. */
  failures: number;
  /** Why nothing is expected to work until somebody does something; null: nothing is wrong. A rejected key is still tried
   *  now and then: the server may have been mended. */
  halted: "not_configured" | "key_rejected" | null;
  /** How often the key was rejected since it was last accepted. */
  rejections: number;
  /** How many syncs were started because changes were pending, since somebody last wrote. */
  syncsForPending: number;
}

/** How a sync ended, as its exit code tells. */
export type SyncResult = "ok" | "partial" | "failed" | "unreachable" | "unauthorized" | "not_configured";

export interface Pace {
  /** Time between two syncs, in ms. */
  intervalMs: number;
  random(): number;
}

/** A local change is followed by a snapshot after this time, and that by a sync if something is pending. */
const CHANGE_DELAY_MS = 5 * SECOND_MS;
/** After sleep the network needs a moment. */
const CLOCK_JUMP_DELAY_MS = 5 * SECOND_MS;
/** Wait after a first failure; doubled after every further one. */
const FIRST_RETRY_MS = MINUTE_MS;
/** Longest wait while the server is away, unless the interval is longer. */
const LONGEST_RETRY_MS = 30 * MINUTE_MS;
/** A single rejection can be the server's fault, so it counts only if it comes again after this time. */
const REJECTION_RETRY_MS = 5 * MINUTE_MS;
/** How seldom a rejected key is tried. */
const REJECTED_KEY_MS = HOUR_MS;
/** What good syncs leave pending is tried so many times, and then waits for the next interval. */
const MAX_SYNCS_FOR_PENDING = 3;
const SNAPSHOT_RETRY_MS = 10 * MINUTE_MS;
/** Waits differ by up to this share both ways, so that devices do not meet at the server. */
const JITTER = 0.1;

/** Starts with a snapshot, which says whether sync is set up. */
export function startPlan(nowMs: number): SyncPlan {
  return {
    syncAtMs: null,
    snapshotAtMs: nowMs,
    failures: 0,
    halted: "not_configured",
    rejections: 0,
    syncsForPending: 0,
  };
}

export type Step = { kind: "sync" } | { kind: "snapshot" } | { kind: "wait"; ms: number };

/** What to do now. `ms` is Infinity where only an event can change that. */
export function nextStep(plan: SyncPlan, nowMs: number): Step {
  if (plan.syncAtMs !== null && plan.syncAtMs <= nowMs) return { kind: "sync" };
  if (plan.snapshotAtMs !== null && plan.snapshotAtMs <= nowMs) return { kind: "snapshot" };
  const soonest = Math.min(
    plan.syncAtMs ?? Number.POSITIVE_INFINITY,
    plan.snapshotAtMs ?? Number.POSITIVE_INFINITY,
  );
  return { kind: "wait", ms: soonest - nowMs };
}

export function afterSync(plan: SyncPlan, result: SyncResult, nowMs: number, pace: Pace): SyncPlan {
  const next = { ...plan, snapshotAtMs: nowMs };
  const syncIn = (ms: number) => nowMs + jittered(ms, pace);
  switch (result) {
    case "ok":
    case "partial":
      return { ...next, failures: 0, halted: null, rejections: 0, syncAtMs: syncIn(pace.intervalMs) };
    case "failed":
    case "unreachable": {
      if (plan.halted === "key_rejected") return { ...next, syncAtMs: syncIn(REJECTED_KEY_MS) };
      const waitMs = Math.min(FIRST_RETRY_MS * 2 ** plan.failures, longestRetryMs(pace.intervalMs));
      return { ...next, failures: plan.failures + 1, syncAtMs: syncIn(waitMs) };
    }
    case "unauthorized": {
      const rejections = plan.rejections + 1;
      if (rejections === 1)
        return { ...next, rejections, failures: plan.failures + 1, syncAtMs: syncIn(REJECTION_RETRY_MS) };
      return { ...next, rejections, halted: "key_rejected", syncAtMs: syncIn(REJECTED_KEY_MS) };
    }
    case "not_configured":
      return { ...next, syncAtMs: null, halted: "not_configured" };
  }
}

/** Longest wait between two attempts while syncs fail, in ms, but for the jitter. */
export function longestRetryMs(intervalMs: number): number {
  return Math.max(LONGEST_RETRY_MS, intervalMs);
}

/** `pending`: changes that the server has not rejected. */
export function afterSnapshot(
  plan: SyncPlan,
  snapshot: { enabled: boolean; pending: number },
  nowMs: number,
): SyncPlan {
  const next = { ...plan, snapshotAtMs: null };
  if (!snapshot.enabled) return { ...next, syncAtMs: null, halted: "not_configured" };
  if (plan.halted === "not_configured")
    return { ...next, syncAtMs: nowMs, halted: null, rejections: 0, failures: 0 };
  if (
    plan.halted !== null ||
    plan.failures > 0 ||
    snapshot.pending === 0 ||
    plan.syncsForPending === MAX_SYNCS_FOR_PENDING
  ) {
    return next;
  }
  const syncAtMs =
    plan.syncsForPending === 0 ? nowMs : Math.min(plan.syncAtMs ?? nowMs, nowMs + CHANGE_DELAY_MS);
  return { ...next, syncAtMs, syncsForPending: plan.syncsForPending + 1 };
}

/** The database could not be read. */
export function afterFailedSnapshot(plan: SyncPlan, nowMs: number): SyncPlan {
  return { ...plan, snapshotAtMs: nowMs + SNAPSHOT_RETRY_MS };
}

/** Somebody wrote into the database. */
export function afterChange(plan: SyncPlan, nowMs: number): SyncPlan {
  const snapshotAtMs = Math.min(plan.snapshotAtMs ?? Number.POSITIVE_INFINITY, nowMs + CHANGE_DELAY_MS);
  return { ...plan, snapshotAtMs, syncsForPending: 0 };
}

/** The machine slept, or its clock was set: one sync, however long that was. */
export function afterClockJump(plan: SyncPlan, nowMs: number): SyncPlan {
  if (plan.halted) return { ...plan, snapshotAtMs: nowMs };
  return {
    ...plan,
    syncAtMs: Math.min(plan.syncAtMs ?? nowMs + CLOCK_JUMP_DELAY_MS, nowMs + CLOCK_JUMP_DELAY_MS),
  };
}

/** A reminder waits for a sync, which may bring the assessment that was taken on another device; the snapshot after it
 *  decides. */
export function beforeReminder(plan: SyncPlan, nowMs: number): SyncPlan {
  const canSync = plan.halted === null && plan.failures === 0;
  return canSync ? { ...plan, syncAtMs: nowMs } : { ...plan, snapshotAtMs: nowMs };
}

/** The server can be reached again, after it could not. */
export function afterServerBack(plan: SyncPlan, nowMs: number): SyncPlan {
  return plan.halted ? plan : { ...plan, syncAtMs: nowMs };
}

/** There is another key, or somebody asks to try again. */
export function afterNewKey(plan: SyncPlan, nowMs: number): SyncPlan {
  if (plan.halted === "not_configured") return { ...plan, snapshotAtMs: nowMs };
  return { ...plan, halted: null, rejections: 0, failures: 0, syncAtMs: nowMs };
}

/** The interval was changed: the next sync is at most one of the new ones away. */
export function afterNewInterval(plan: SyncPlan, nowMs: number, pace: Pace): SyncPlan {
  if (plan.syncAtMs === null || plan.failures > 0 || plan.halted) return plan;
  return { ...plan, syncAtMs: Math.min(plan.syncAtMs, nowMs + jittered(pace.intervalMs, pace)) };
}

function jittered(ms: number, { random }: Pace): number {
  return Math.round(ms * (1 - JITTER + 2 * JITTER * random()));
}
