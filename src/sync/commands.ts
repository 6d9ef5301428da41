import { checkApiKey, type StoredKeyPlace } from "../credentials/api-key-store.ts";
import type { MoodsyncError } from "../domain/moodsync-error.ts";
import { RegisteredDevice } from "../domain/protocol/registered-device.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { transaction } from "../local/storage/database.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { listRejections } from "../local/sync-state/rejected-changes.ts";
import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import { lastSyncRuns, recordSyncRun, type SyncRun } from "../local/sync-state/sync-runs.ts";
import { refreshDeviceNames } from "./account/account-devices.ts";
import { checkDeviceLabel } from "./account/device-label.ts";
import { findOverwritten } from "./account/find-overwritten.ts";
import type { Device } from "./device.ts";
import { ensureDeviceId, rememberLastSync } from "./device-state.ts";
import { emptyCursor } from "./exchange/resync.ts";
import { syncOnce } from "./exchange/sync-once.ts";
import type { SyncSession } from "./exchange/sync-session.ts";
import { parseEndpoint } from "./http/endpoint.ts";
import { createHttpClient } from "./http/http-client.ts";
import { sendChecked } from "./http/http-transport.ts";
import {
  otherAccount,
  requireKey,
  requireSyncConfig,
  type SyncOptions,
  withSession,
} from "./open-session.ts";
import { acquireSyncLock } from "./sync-lock.ts";

/** What is asked of `enableSync`. */
export interface EnableSync {
  url: string;
  /** Null: the one in `MOODSYNC_API_KEY`, which is then not stored. */
  apiKey: string | null;
  /** Where to keep the key; without it where the environment says, where it is kept already, or where it is kept best. */
  keyPlace?: StoredKeyPlace | undefined;
  label: string;
  allowInsecureHttp: boolean;
  /** Accepts an account that is not the one this data was synced with. */
  mergeIntoThisAccount: boolean;
  /** Stops it before anything is stored. */
  signal?: AbortSignal;
}

export interface EnabledSync {
  config: SyncConfig;
  /** Whether a keychain that does not answer still holds the key before. */
  isKeyLeftBehind: boolean;
}

/** Checks the URL and the key against the server, registers this device under a label, and only then stores them.
 *  The same account as before keeps its cursor; another one starts with a full exchange. */
export async function enableSync(device: Device, asked: EnableSync): Promise<EnabledSync> {
  const { db, home, keys } = device;
  const endpointUrl = parseEndpoint(asked.url, asked);
  checkDeviceLabel(asked.label);
  const { key, accountId } = asked.apiKey === null ? await requireKey(keys) : checkApiKey(asked.apiKey);
  const known = readSyncConfig(db)?.accountId ?? null;
  if (known !== null && known !== accountId && !asked.mergeIntoThisAccount) throw otherAccount();

  const { deviceId } = ensureDeviceId(db, home.stateDir);
  const { signal } = asked;
  const client = createHttpClient({ endpointUrl, apiKey: key, ...(signal ? { signal } : {}) });
  try {
    const path = `/v1/devices/${deviceId}`;
    await sendChecked(client, { method: "PUT", path, body: { label: asked.label } }, RegisteredDevice);
  } finally {
    await client.close();
  }
  const { isLeftBehind = false } =
    asked.apiKey === null ? {} : await keys.write(key, { deviceId, place: asked.keyPlace });
  transaction(db, () => {
    if (known !== null && known !== accountId) emptyCursor(db);
    const { label: deviceLabel, allowInsecureHttp } = asked;
    updateSyncConfig(db, { endpointUrl, accountId, deviceLabel, allowInsecureHttp, enabled: true });
  });
  return { config: readSyncConfig(db)!, isKeyLeftBehind: isLeftBehind };
}

/** Stops syncing and forgets the key. All data stays, and the account of it is remembered. */
export async function disableSync({ db, keys }: Device): Promise<void> {
  if (readSyncConfig(db)) transaction(db, () => updateSyncConfig(db, { enabled: false }));
  await keys.forget();
}

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
      // The sync is done whether or not the server tells the devices' names and who overwrote what.
      if (counts.conflicts > 0) await refreshDeviceNames(session, client).catch(() => {});
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
  // What a person stopped has not failed.
  if (error?.code !== "interrupted") {
    transaction(db, () => recordSyncRun(db, run));
    rememberLastSync(db, home.stateDir);
  }
  const durationMs = finishedAtMs - startedAtMs;
  return { status, ...counts, pending, rejected, durationMs, notices: [...notices], error };
}

/** What `sync status` shows, in its JSON shape. Never fails for lack of configuration. */
export function getSyncStatus({ db, keys, appVersion }: Pick<Device, "db" | "keys" | "appVersion">) {
  const config = readSyncConfig(db);
  const { pending, rejected } = countPending(db, appVersion);
  const runs = lastSyncRuns(db);
  const time = (ms: number | null) => (ms === null ? null : formatUtc(ms));
  return {
    enabled: config?.enabled ?? false,
    endpoint_url: config?.endpointUrl ?? null,
    account_id: config?.accountId ?? null,
    device_id: config?.deviceId ?? null,
    device_label: config?.deviceLabel ?? null,
    key_place: keys.place(),
    last_sync_cursor: config?.cursor ?? null,
    pending,
    rejected,
    rejections: listRejections(db, appVersion).map(({ entityType, rejectedAtMs, ...rejection }) => ({
      entity_type: entityType,
      ...rejection,
      rejected_at: formatUtc(rejectedAtMs),
    })),
    last_success_at: time(runs.lastSuccessAtMs),
    last_failure_at: time(runs.lastFailureAtMs),
    last_error: runs.lastError,
    clock_skew_ms: config?.clockSkewMs ?? null,
  };
}

function busyOutcome(db: Device["db"], appVersion: string): SyncOutcome {
  const counts = { uploaded: 0, downloaded: 0, conflicts: 0, ...countPending(db, appVersion) };
  const notices = ["Another sync is running on this device; it does the work."];
  return { status: "busy", ...counts, durationMs: 0, notices, error: null };
}

/** Skews below this come from the network as often as from a clock. */
const TOLD_SKEW_MS = 60_000;

function noticeSkew({ clockSkewMs, notices }: SyncSession): void {
  if (clockSkewMs === null || Math.abs(clockSkewMs) < TOLD_SKEW_MS) return;
  notices.add(describeSkew(clockSkewMs));
}

/** "This device's clock is 3 minutes behind the server's." */
export function describeSkew(clockSkewMs: number): string {
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  const amount = `${minutes.toLocaleString("en-US")} ${minutes === 1 ? "minute" : "minutes"}`;
  return `This device's clock is ${amount} ${clockSkewMs > 0 ? "ahead of" : "behind"} the server's.`;
}
