import { MoodsyncError } from "../domain/moodsync-error.ts";
import { groupedNumber } from "../domain/text/grouped-number.ts";
import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { transaction } from "../local/storage/database.ts";
import { countUnreadable } from "../local/sync-state/deferred-changes.ts";
import { countPending, hasOutgoing } from "../local/sync-state/pending-changes.ts";
import { readSyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import { recordSyncRun, type SyncRun } from "../local/sync-state/sync-runs.ts";
import { fetchAccountDevices } from "./account/account-devices.ts";
import { putDeviceLabel } from "./account/device-label.ts";
import { findOverwritten } from "./account/find-overwritten.ts";
import type { Device } from "./device.ts";
import { rememberLastSync } from "./device-state.ts";
import { syncOnce } from "./exchange/sync-once.ts";
import type { SyncSession } from "./exchange/sync-session.ts";
import { OtherGeneration } from "./http/answer-meaning.ts";
import { type OpenSession, requireSyncConfig, type SyncOptions, withSession } from "./open-session.ts";
import { followGeneration } from "./sealed/follow-generation.ts";
import { type Founder, finishFounding, isServerEqual } from "./sealed/found-generation.ts";
import { noteComparison } from "./sealed/generation.ts";
import { createSealingServer } from "./sealed/sealing-server.ts";
import { acquireSyncLock } from "./sync-lock.ts";

/** How a sync ended: what it did, and in words what the user should know. */
export interface SyncOutcome {
  status: "ok" | "partial" | "busy" | "failed";
  uploaded: number;
  downloaded: number;
  conflicts: number;
  pending: number;
  rejected: number;
  /** Changes on the server of a sealed account that this device cannot open. */
  unreadable: number;
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
    const followed = new Set<string>();
    for (let isDone = false; !isDone; ) {
      isDone = await withSession(device, options, async (open) => {
        const { session } = open;
        ({ counts, notices } = session);
        for (const sentence of followed) notices.add(sentence);
        const sentence = await syncOrFollow(device, open, followed.size < MAX_FOLLOWED);
        if (sentence !== null) followed.add(sentence);
        if (sentence !== null) return false;
        noticeSkew(session);
        await compareSealed(open);
        // Failing to fetch the devices' names, or who overwrote what, does not make the sync fail.
        if (counts.conflicts > 0) await fetchAccountDevices({ db, ...open }).catch(() => {});
        if (counts.downloaded > 0) await findOverwritten(open).catch(() => {});
        return true;
      });
    }
  } catch (thrown) {
    error = toMoodsyncError(thrown, db.name);
  } finally {
    release();
  }
  const { pending, rejected } = countPending(db, appVersion);
  const unreadable = countUnreadable(db);
  const status = error ? "failed" : rejected + unreadable > 0 ? "partial" : "ok";
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
  return { status, ...counts, pending, rejected, unreadable, durationMs, notices: [...notices], error };
}

/** How often one sync follows an account that is founded anew. */
const MAX_FOLLOWED = 3;

/** Syncs once. Where the account turns out to be of another kind or generation than this device is pinned to, follows it
 *  as far as that needs no person, and returns a sentence that says so. */
async function syncOrFollow(device: Device, open: OpenSession, mayFollow: boolean): Promise<string | null> {
  try {
    await syncOnce(open.session);
    return null;
  } catch (error) {
    const isSealed = error instanceof MoodsyncError && error.code === "sealed_account";
    if (!mayFollow || !(isSealed || error instanceof OtherGeneration)) throw error;
    const founder = founderOf(open);
    const info = error instanceof OtherGeneration ? error.sealing : await founder.server.readInfo();
    if (!info) throw error;
    const sentence = await followGeneration(founder, info, device.sealingKeys);
    if (sentence === null) throw error;
    return sentence;
  }
}

/** How long a sealed account's sums are taken to be equal, in ms. */
const VERIFIED_FOR_MS = 7 * DAY_MS;
/** A device that has just given or been given more than this leaves its first comparison, which seals everything once more,
 *  to its next sync. */
const MOST_WHILE_JOINING = 1_000;

/** A founding that this device fills is ended once the server has everything. Else the sums are compared once a week: a
 *  server that forgets, or shows each device another past, is noticed so. */
async function compareSealed(open: OpenSession): Promise<void> {
  const { session, sealing } = open;
  const { db, notices, nowMs } = session;
  const { founding, hasRetired, verifiedAtMs, deviceId: id, deviceLabel: label } = readSyncConfig(db)!;
  // A name that was sealed for an earlier generation is read by nobody. Failing to renew it does not make the sync fail.
  const isNew = verifiedAtMs === null && (sealing !== null || founding === "filling");
  if (isNew && label !== null) await putDeviceLabel(open.client, { id, label }, sealing).catch(() => {});
  if (founding === "filling") {
    if ((await finishFounding(founderOf(open), sealing)) === "removed") notices.add(FOUNDED);
    return;
  }
  const { uploaded, downloaded } = session.counts;
  const isJoining = verifiedAtMs === null && uploaded + downloaded > MOST_WHILE_JOINING;
  if (!sealing) return;
  const isDue = !isJoining && !hasOutgoing(db) && nowMs() - (verifiedAtMs ?? 0) >= VERIFIED_FOR_MS;
  if (hasRetired || isDue) await noteRetired(founderOf(open));
  const isEqual = isDue ? await isServerEqual(founderOf(open), sealing) : null;
  if (isEqual === null || (!isEqual && countUnreadable(db) > 0)) return;
  noteComparison(db, { isEqual, nowMs: nowMs() });
  if (!isEqual) notices.add(DIFFERS);
}

/** The device that founded may have been lost before it had what was before removed: then `sync status` says so. */
async function noteRetired({ db, server }: Founder): Promise<void> {
  const info = await server.readInfo();
  if (info) transaction(db, () => updateSyncConfig(db, { hasRetired: info.has_retired }));
}

const FOUNDED = "The server has everything in its new form, and what it held before is removed there.";
const DIFFERS =
  "The server does not hold the same as this device, although nothing waits; `moodsync sync verify` says more.";

function founderOf({ session, client }: OpenSession): Founder {
  const { db, databaseFile, nowMs } = session;
  return { db, databaseFile, nowMs, server: createSealingServer(client) };
}

function busyOutcome(db: Device["db"], appVersion: string): SyncOutcome {
  const exchanged = { uploaded: 0, downloaded: 0, conflicts: 0, unreadable: countUnreadable(db) };
  const counts = { ...exchanged, ...countPending(db, appVersion) };
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
  const amount = `${groupedNumber(minutes)} ${minutes === 1 ? "minute" : "minutes"}`;
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

/** "3 entries on the server cannot be opened …" */
export function describeUnreadable(unreadable: number): string {
  const [what, they, were] =
    unreadable === 1 ? ["1 entry", "it was", "It was"] : [`${unreadable} entries`, "they were", "They were"];
  return `${what} on the server cannot be opened: ${they} damaged there, or written without this account's key. ${were} set aside; \`moodsync sync verify\` says more.`;
}
