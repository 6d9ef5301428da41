import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { transaction } from "../../local/storage/database.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { countUnreadable } from "../../local/sync-state/deferred-changes.ts";
import { emptyCursor } from "../../local/sync-state/empty-cursor.ts";
import { hasOutgoing } from "../../local/sync-state/pending-changes.ts";
import { readSyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import { putDeviceLabel } from "../account/device-label.ts";
import type { Device } from "../device.ts";
import { downloadAll } from "../exchange/download-all.ts";
import { prepareResync } from "../exchange/resync.ts";
import type { SyncSession } from "../exchange/sync-session.ts";
import type { HttpClient } from "../http/http-client.ts";
import { type Asking, type SyncOptions, withAccountClient, withSession } from "../open-session.ts";
import { acquireSyncLock, anotherSyncRuns } from "../sync-lock.ts";
import { type SyncOutcome, syncNow } from "../sync-now.ts";
import { type Founder, finishFounding, foundGeneration } from "./found-generation.ts";
import { adoptGeneration, keepPinnedKey, pinOf, unfinishedOf } from "./generation.ts";
import { forgetPin } from "./held-pin.ts";
import { keyInEnvironment, sealedMeanwhile, sealingRefused, serverTooOld } from "./sealing-errors.ts";
import { createSealingServer, type SealingServer } from "./sealing-server.ts";

/** How often another device may upload between this one's download and its founding. */
const MAX_ATTEMPTS = 3;
/** How often the server may ask for a resync before that. */
const MAX_RESYNCS = 3;

export interface Founding extends SyncOptions {
  /** The key to seal with; null: to be plain. */
  key: SealingKey | null;
  /** On a person's word: what this device has not read is left behind. */
  leavesUnread: boolean;
}

/** Which kind the account is on its server. Throws a `failure` where that is too old to know. */
async function readSealing(device: Device, asking: Asking): Promise<SealingInfo> {
  const info = await withAccountClient(device, (client) => createSealingServer(client).readInfo(), asking);
  if (!info) throw serverTooOld();
  return info;
}

/** The same, for an account that is to be sealed. Throws a `failure` where its operator does not let it. */
export async function requireMaySeal(device: Device, asking: Asking = {}): Promise<SealingInfo> {
  const info = await readSealing(device, asking);
  if (!info.may_seal) throw sealingRefused();
  return info;
}

/** An account that this device had begun to seal has the key that is proposed, which another proposal would replace. */
async function requirePlain(device: Device, asking: Asking): Promise<void> {
  const { key_id: keyId } = await readSealing(device, asking);
  if (keyId !== null) throw sealedMeanwhile();
}

/** Throws `invalid_input` where the key in use comes from the environment. */
export function requireNoKeyInEnvironment({ sealingKeys }: Pick<Device, "sealingKeys">): void {
  if (sealingKeys.place() === "environment") throw keyInEnvironment();
}

/** Founds the account's data anew: downloads to the end (uploading nothing), founds, and fills the new generation by a sync.
 *  The key is kept on this device before the server hears of it. Throws a `failure` where something could not be read and
 *  nobody said that it may stay behind, and what a sync throws. */
export async function foundAccount(device: Device, asked: Founding): Promise<SyncOutcome> {
  const { db, home, sealingKeys } = device;
  const release = acquireSyncLock(home.stateDir);
  if (!release) throw anotherSyncRuns();
  try {
    const config = readSyncConfig(db)!;
    const { deviceId, accountId } = config;
    if (asked.key) {
      await keepPinnedKey(sealingKeys, config);
      if (pinOf(config) === null && !asked.leavesUnread) await requirePlain(device, asked);
      await sealingKeys.propose(asked.key, { deviceId });
    }
    if (asked.leavesUnread) await foundOffHead(device, asked);
    else
      await withSession(device, asked, ({ session, client }) =>
        foundAtHead(session, createSealingServer(client), asked.key),
      );
    if (asked.key) await sealingKeys.keep(asked.key, { deviceId });
    else forgetPin(home.stateDir, accountId);
    if (asked.beforeEnabled) transaction(db, () => updateSyncConfig(db, { enabled: true }));
  } finally {
    release();
  }
  return syncNow(device, asked);
}

/** From what this device has alone; it may have lost the key, and with that all that is to be downloaded. */
async function foundOffHead(device: Device, { key, ...asked }: Founding): Promise<void> {
  const { db, home, nowMs } = device;
  const found = async (client: HttpClient) => {
    const server = createSealingServer(client);
    const info = await server.readInfo();
    if (!info) throw serverTooOld();
    const founder = { db, databaseFile: databaseFile(home), nowMs, server };
    await foundGeneration(founder, { info, key, leavesUnread: true });
  };
  await withAccountClient(device, found, asked);
}

/** Downloads to the end, and founds. */
export async function foundAtHead(
  session: SyncSession,
  server: SealingServer,
  key: SealingKey | null,
): Promise<void> {
  const { db, databaseFile, nowMs } = session;
  const founder: Founder = { db, databaseFile, nowMs, server };
  session.isFounding = true;
  await downloadToEnd(session); // before the cursor is emptied: it may be so old that deletions were forgotten
  // What waits may be of a version that was passed by, which only an upload would have been answered with.
  if (hasOutgoing(db)) transaction(db, () => emptyCursor(db));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    await downloadToEnd(session);
    requireAllRead(session);
    const info = await founder.server.readInfo();
    if (!info) throw serverTooOld();
    if (await foundGeneration(founder, { info, key, leavesUnread: false })) return;
  }
  throw new MoodsyncError("failure", "Other devices keep uploading, so the account could not be sealed.", {
    hint: "Try again in a moment.",
  });
}

/** Uploads nothing: what waits here is never sent in the old form. */
async function downloadToEnd(session: SyncSession): Promise<void> {
  for (let resyncs = 0; ; resyncs++) {
    const resync = await downloadAll(session);
    if (!resync) return;
    if (resyncs === MAX_RESYNCS) throw new MoodsyncError("failure", "The server rejects its own cursors.");
    prepareResync(session, resync.reason);
  }
}

function requireAllRead({ db }: SyncSession): void {
  const unreadable = countUnreadable(db);
  if (unreadable === 0) return;
  throw new MoodsyncError(
    "failure",
    `${unreadable} ${unreadable === 1 ? "entry" : "entries"} on the server cannot be opened here, and would be left behind.`,
    { hint: "`moodsync sync verify --repair` mends what it can; `--leave-unread` leaves them behind." },
  );
}

/** Removes what is retired on the server, once it holds the same as this device. */
export async function finishSealing(device: Device): ReturnType<typeof finishFounding> {
  return withSession(
    device,
    { acceptDeletions: false, onProgress: () => {} },
    ({ session, client, sealing }) => {
      const { db, databaseFile, nowMs } = session;
      return finishFounding({ db, databaseFile, nowMs, server: createSealingServer(client) }, sealing);
    },
  );
}

/** Takes over that the account is plain, as its server says: on a person's word alone. Returns whether it is. */
export async function followUnsealing(device: Device): Promise<boolean> {
  const { deviceId: id, deviceLabel: label, accountId } = readSyncConfig(device.db)!;
  const isFollowed = await withSession(
    device,
    { acceptDeletions: false, onProgress: () => {} },
    async ({ session, client }) => {
      const info = await createSealingServer(client).readInfo();
      return info !== null && takePlain(session, info);
    },
  );
  if (isFollowed) forgetPin(device.home.stateDir, accountId);
  if (isFollowed && label !== null) {
    // By a client that may send what can be read. Failing to renew the name undoes nothing.
    await withAccountClient(device, (client) => putDeviceLabel(client, { id, label }, null)).catch(() => {});
  }
  return isFollowed;
}

/** The same, where the server has said so. */
export function takePlain(session: Pick<SyncSession, "db" | "databaseFile">, info: SealingInfo): boolean {
  const config = readSyncConfig(session.db)!;
  const pin = pinOf(config);
  if (info.key_id !== null || pin === null || info.generation < pin.generation) return false;
  adoptGeneration(session, null, unfinishedOf(info, config));
  return true;
}
