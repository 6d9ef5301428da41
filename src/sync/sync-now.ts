import type { MoodsyncError } from "../domain/moodsync-error.ts";
import { MINUTE_MS } from "../domain/time/durations.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { transaction } from "../local/storage/database.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { recordSyncRun, type SyncRun } from "../local/sync-state/sync-runs.ts";
import { fetchAccountDevices } from "./account/account-devices.ts";
import { findOverwritten } from "./account/find-overwritten.ts";
import type { Device } from "./device.ts";
import { rememberLastSync } from "./device-state.ts";
import { syncOnce } from "./exchange/sync-once.ts";
import type { SyncSession } from "./exchange/sync-session.ts";
import { requireSyncConfig, type SyncOptions, withSession } from "./open-session.ts";
import { acquireSyncLock } from "./sync-lock.ts";

/** How a sync ended: what it did, and in words what the user should know. */
export interface SyncOutcome {
  status: "ok" | "partial" | "busy" | "failed";
  uploaded: number;
  downloaded: number;
  conflicts: number;
  pending: number;
  rejected: number;
  durationMs: number;
  notices: string[];
  error: MoodsyncError | null;
}

/** Syncs once and records how that went. Throws `not_configured` before anything is tried; a failure of the sync
 *  itself is an outcome. */
export async function syncNow(device: Device, options: SyncOptions): Promise<SyncOutcome> {
  const { db, home, nowMs, appVersion } = device;
  const startedAtMs = nowMs();
  requireSyncConfig(db);
  const release = acquireSyncLock(home.stateDir);
  if (!release) return busyOutcome(db, appVersion);
  let counts: SyncSession["counts"] = { uploaded: 0, downloaded: 0, conflicts: 0 };
  let notices = new Set<string>();
  let error: MoodsyncError | null = null;
  try {
    await withSession(device, options, async (open) => {
      const { session, client } = open;
      ({ counts, notices } = session);
      await syncOnce(session);
      noticeSkew(session);
      // Failing to fetch the devices' names, or who overwrote what, does not make the sync fail.
      if (counts.conflicts > 0) await fetchAccountDevices(session, client).catch(() => {});
      if (counts.downloaded > 0) await findOverwritten(open).catch(() => {});
    });
  } catch (thrown) {
    error = toMoodsyncError(thrown, db.name);
  } finally {
    release();
  }
  const { pending, rejected } = countPending(db, appVersion);
  const status = error ? "failed" : rejected > 0 ? "partial" : "ok";
  const finishedAtMs = nowMs();
  const run: SyncRun = {
    ...{ startedAtMs, finishedAtMs, status, ...counts, pending, rejected },
    errorCode: error?.code ?? null,
    error: error?.message ?? null,
  };
  // A sync that a person stopped with Ctrl-C has not failed.
  if (error?.code !== "interrupted") {
    transaction(db, () => recordSyncRun(db, run));
    rememberLastSync(db, home.stateDir);
  }
  const durationMs = finishedAtMs - startedAtMs;
  return { status, ...counts, pending, rejected, durationMs, notices: [...notices], error };
}

function busyOutcome(db: Device["db"], appVersion: string): SyncOutcome {
  const counts = { uploaded: 0, downloaded: 0, conflicts: 0, ...countPending(db, appVersion) };
  const notices = ["Another sync is already running on this device, and does the work."];
  return { status: "busy", ...counts, durationMs: 0, notices, error: null };
}

/** Smaller differences come from the network as often as from a clock. */
export const REPORTED_SKEW_MS = MINUTE_MS;

function noticeSkew({ clockSkewMs, notices }: SyncSession): void {
  if (clockSkewMs === null || Math.abs(clockSkewMs) < REPORTED_SKEW_MS) return;
  notices.add(describeSkew(clockSkewMs));
}

/** "This device's clock is 3 minutes behind the server's." */
export function describeSkew(clockSkewMs: number): string {
  const minutes = Math.round(Math.abs(clockSkewMs) / MINUTE_MS);
  const amount = `${minutes.toLocaleString("en-US")} ${minutes === 1 ? "minute" : "minutes"}`;
  return `This device's clock is ${amount} ${clockSkewMs > 0 ? "ahead of" : "behind"} the server's.`;
}

/** What a sync did, in one sentence: "Synced: 3 uploaded, 0 downloaded." */
export function describeExchange({ uploaded, downloaded, conflicts, pending }: SyncOutcome): string {
  const parts = [`${uploaded} uploaded`, `${downloaded} downloaded`];
  if (conflicts > 0) parts.push(conflicts === 1 ? "1 conflict settled" : `${conflicts} conflicts settled`);
  if (pending > 0) parts.push(`${pending} pending`);
  return `Synced: ${parts.join(", ")}.`;
}

/** "2 changes were not accepted by the server" */
export function describeRejected(rejected: number): string {
  return `${rejected === 1 ? "1 change was" : `${rejected} changes were`} not accepted by the server`;
}
