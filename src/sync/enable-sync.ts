import { checkApiKey } from "../credentials/api-key-store.ts";
import type { StoredKeyPlace } from "../credentials/secret-store.ts";
import { transaction } from "../local/storage/database.ts";
import { databaseFile } from "../local/storage/home.ts";
import { emptyCursor } from "../local/sync-state/empty-cursor.ts";
import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import type { SealingKey } from "../sealing/sealing-key.ts";
import { deriveSealingKeys, type SealingKeys } from "../sealing/sealing-keys.ts";
import { checkDeviceLabel, putDeviceLabel } from "./account/device-label.ts";
import type { Device } from "./device.ts";
import { ensureDeviceId } from "./device-state.ts";
import { parseEndpoint } from "./http/endpoint.ts";
import { createHttpClient } from "./http/http-client.ts";
import { otherAccount, requireKey } from "./open-session.ts";
import { adoptGeneration, pinOf } from "./sealed/generation.ts";
import { meetGeneration } from "./sealed/meet-generation.ts";
import {
  accountIsPlain,
  leavesSealing,
  sealingRefused,
  serverTooOld,
  wentBack,
} from "./sealed/sealing-errors.ts";
import { createSealingServer, type SealingServer } from "./sealed/sealing-server.ts";

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
  /** What is known of the account's sealing. Without it the device takes a plain account, or one that is sealed with the key
   *  that it has. */
  sealing?: AskedSealing;
  /** Stops it before anything is stored. */
  signal?: AbortSignal;
}

export interface AskedSealing {
  /** The sealing key that was given; null: that in `MOODSYNC_SEALING_KEY`, or the one that is kept here. */
  key: SealingKey | null;
  /** The account is to be sealed next: its server gets not even this device's name. */
  willSeal: boolean;
  /** A device of a sealed account may be joined with a plain one. */
  acceptsPlain: boolean;
  /** Asks a person for the key of a sealed account; null: nobody is there. */
  ask(): Promise<SealingKey | null>;
}

const NO_SEALING: AskedSealing = {
  ...{ key: null, willSeal: false, acceptsPlain: false },
  ask: async () => null,
};

export interface EnabledSync {
  config: SyncConfig;
  /** Whether the account is sealed. */
  isSealed: boolean;
  /** Whether a keychain that does not answer still holds the key before. */
  isKeyLeftBehind: boolean;
}

/** Checks the URL and the key against the server, registers this device under a label, and only then stores them.
 *  The same account as before keeps its cursor; another one starts with a full exchange. */
export async function enableSync(device: Device, asked: EnableSync): Promise<EnabledSync> {
  const { db, home, keys, sealingKeys } = device;
  const { sealing = NO_SEALING } = asked;
  const endpointUrl = parseEndpoint(asked.url, asked);
  checkDeviceLabel(asked.label);
  const { key, accountId } = asked.apiKey === null ? await requireKey(keys) : checkApiKey(asked.apiKey);
  const known = readSyncConfig(db)?.accountId ?? null;
  if (known !== null && known !== accountId && !asked.mergeIntoThisAccount) throw otherAccount();

  const { deviceId } = ensureDeviceId(db, home.stateDir);
  const { signal } = asked;
  const client = createHttpClient({ endpointUrl, apiKey: key, ...(signal ? { signal } : {}) });
  let found: Found;
  try {
    found = await findSealing(device, createSealingServer(client), { accountId, sealing });
    const registered = { id: deviceId, label: sealing.willSeal && !found.keys ? null : asked.label };
    await putDeviceLabel(client, registered, found.keys);
  } finally {
    await client.close();
  }
  const { isLeftBehind = false } =
    asked.apiKey === null ? {} : await keys.write(key, { deviceId, place: asked.keyPlace });
  if (found.key) await sealingKeys.keep(found.key, { deviceId, place: asked.keyPlace });
  const isOther = known !== null && known !== accountId;
  const pin = pinOf(readSyncConfig(db)!);
  const isPinned = pin?.generation === found.keys?.generation && pin?.keyId === found.keys?.keyId;
  // Pinned before it is connected: a device that was given the key sends nothing readable, whatever is answered later.
  if (!isPinned) adoptGeneration({ db, databaseFile: databaseFile(home) }, found.keys, "none");
  transaction(db, () => {
    if (isOther) emptyCursor(db);
    const { label: deviceLabel, allowInsecureHttp } = asked;
    updateSyncConfig(db, { endpointUrl, accountId, deviceLabel, allowInsecureHttp, enabled: true });
  });
  return { config: readSyncConfig(db)!, isSealed: found.keys !== null, isKeyLeftBehind: isLeftBehind };
}

/** The keys of the account where it is sealed, and the sealing key where it is to be kept. */
interface Found {
  keys: SealingKeys | null;
  key: SealingKey | null;
}

/** What the account is, before anything of this device is sent to it. Throws where it is not what was asked for. */
async function findSealing(
  { db, sealingKeys }: Device,
  server: SealingServer,
  { accountId, sealing }: { accountId: string; sealing: AskedSealing },
): Promise<Found> {
  const config = readSyncConfig(db)!;
  const pin = pinOf(config);
  const ownPin = config.accountId === accountId ? pin : null;
  const inEnvironment = sealingKeys.place() === "environment" ? await sealingKeys.readAll() : [];
  const given = sealing.key ? [sealing.key] : inEnvironment;
  const info = await server.readInfo();
  if (!info || info.key_id === null) {
    if (sealing.willSeal && !info) throw serverTooOld();
    if (sealing.willSeal && !info?.may_seal) throw sealingRefused();
    if (given.length > 0 && !sealing.willSeal) throw info ? accountIsPlain() : serverTooOld();
    if (ownPin && !info) throw serverTooOld();
    const meeting = info && meetGeneration(ownPin, info, { accountId, keys: [] });
    if (meeting?.do === "stop") throw meeting.error;
    if (meeting?.do === "went_back") throw wentBack();
    if (pin && !ownPin && !sealing.acceptsPlain) throw leavesSealing();
    return { keys: null, key: null };
  }
  const kept = given.length > 0 ? given : await sealingKeys.readAll();
  const isOurs = (key: SealingKey) =>
    deriveSealingKeys(key, { accountId, generation: info.generation }).keyId === info.key_id;
  const asked = kept.some(isOurs) || given.length > 0 ? null : await sealing.ask();
  const keys = asked ? [asked] : kept;
  // Asked as a device that is connected for the first time: whatever it had, it is to take what the account is now.
  const meeting = meetGeneration(ownPin && ownPin.generation > info.generation ? ownPin : null, info, {
    accountId,
    keys,
  });
  switch (meeting.do) {
    case "take_over":
      return { keys: meeting.keys, key: meeting.key };
    case "stop":
      throw meeting.error;
    case "went_back":
    case "work":
      throw wentBack();
  }
}

/** Stops syncing and forgets the API key. All data stays, the account of it is remembered, and so is a sealing key. */
export async function disableSync({ db, keys }: Device): Promise<void> {
  if (readSyncConfig(db)) transaction(db, () => updateSyncConfig(db, { enabled: false }));
  await keys.forget();
}
