import { checkApiKey } from "../credentials/api-key-store.ts";
import type { StoredKeyPlace } from "../credentials/secret-store.ts";
import type { MoodsyncError } from "../domain/moodsync-error.ts";
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
import { adoptGeneration, pinOf, type Unfinished, unfinishedOf } from "./sealed/generation.ts";
import { forgetPin, heldPin, rememberPin } from "./sealed/held-pin.ts";
import { meetGeneration } from "./sealed/meet-generation.ts";
import {
  accountIsPlain,
  leavesSealing,
  sealedAccount,
  sealingRefused,
  serverTooOld,
  unsealed,
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
  /** A plain account is an error unless it can be sealed. */
  willSeal: boolean;
  /** A sealed account that nobody can read any more is begun anew, with what this device has. */
  startsOver: boolean;
  /** A device of a sealed account may be joined with a plain one. */
  acceptsPlain: boolean;
  /** Asks a person for the key of a sealed account; null: nobody is there. */
  ask(): Promise<SealingKey | null>;
  /** The key to seal an account with that is not sealed, or is begun anew: the caller has handed it over to a person. Null:
   *  it stays plain. */
  newKey(account: { isLost: boolean; holdsNothing(): Promise<boolean> }): Promise<SealingKey | null>;
}

/** Nothing is known of it, and nobody asked. */
export const NO_SEALING: AskedSealing = {
  ...{ key: null, willSeal: false, startsOver: false, acceptsPlain: false },
  ...{ ask: async () => null, newKey: async () => null },
};

export interface EnabledSync {
  config: SyncConfig;
  /** Whether the account is sealed. */
  isSealed: boolean;
  /** What it is to be sealed with next, by `foundAccount`; sync stays off until then, and the server does not even get this
   *  device's name. */
  toSealWith: { key: SealingKey; leavesUnread: boolean } | null;
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
  let toSealWith: EnabledSync["toSealWith"] = null;
  try {
    const server = createSealingServer(client);
    found = await findSealing(device, server, { accountId, sealing });
    if (found.may !== "stay") {
      const isLost = found.may === "start_over";
      const key = await sealing.newKey({ isLost, holdsNothing: () => holdsNothing(server) });
      if (key) toSealWith = { key, leavesUnread: isLost };
    }
    const registered = { id: deviceId, label: toSealWith ? null : asked.label };
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
  if (!isPinned) adoptGeneration({ db, databaseFile: databaseFile(home) }, found.keys, found.unfinished);
  transaction(db, () => {
    if (isOther) emptyCursor(db);
    const { label: deviceLabel, allowInsecureHttp } = asked;
    updateSyncConfig(db, { endpointUrl, accountId, deviceLabel, allowInsecureHttp, enabled: !toSealWith });
  });
  if (found.keys) rememberPin(db, home.stateDir);
  else if (!toSealWith) forgetPin(home.stateDir, accountId);
  const isSealed = found.keys !== null;
  return { config: readSyncConfig(db)!, isSealed, toSealWith, isKeyLeftBehind: isLeftBehind };
}

async function holdsNothing(server: SealingServer): Promise<boolean> {
  const { entity_types } = await server.readPlainDigest();
  return Object.values(entity_types).every(({ count, tombstones }) => count + tombstones === 0);
}

/** The keys of the account where it is sealed, and the sealing key where it is to be kept. */
interface Found {
  keys: SealingKeys | null;
  key: SealingKey | null;
  unfinished: Unfinished;
  /** What can be done with it: nothing, be sealed for the first time, or be begun anew because its key is lost. */
  may: "stay" | "be_sealed" | "start_over";
}

const NO_KEYS = { keys: null, key: null, unfinished: { founding: "none", hasRetired: false } } as const;

/** What the account is, before anything of this device is sent to it. Throws where it is not what was asked for. */
async function findSealing(
  { db, home, sealingKeys }: Device,
  server: SealingServer,
  { accountId, sealing }: { accountId: string; sealing: AskedSealing },
): Promise<Found> {
  const config = readSyncConfig(db)!;
  const pin = pinOf(config);
  const ownPin = heldPin(config, home.stateDir, accountId);
  const inEnvironment = sealingKeys.place() === "environment" ? await sealingKeys.readAll() : [];
  const given = sealing.key ? [sealing.key] : inEnvironment;
  const info = await server.readInfo();
  if (!info || info.key_id === null) {
    if (sealing.willSeal && !info) throw serverTooOld();
    if (sealing.willSeal && !info?.may_seal) throw sealingRefused();
    if (given.length > 0 && !sealing.willSeal) throw info ? accountIsPlain() : serverTooOld();
    if (ownPin && !info) throw serverTooOld();
    const meeting = info && meetGeneration(ownPin, info, { accountId, keys: [] });
    // `sync unseal` is for a device that is connected.
    if (meeting?.do === "stop" && !sealing.acceptsPlain) throw unsealed("`--plain` accepts it");
    if (meeting?.do === "went_back") throw wentBack();
    if (pin && !ownPin && !sealing.acceptsPlain) throw leavesSealing();
    return { ...NO_KEYS, may: info?.may_seal ? "be_sealed" : "stay" };
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
      return { keys: meeting.keys, key: meeting.key, unfinished: unfinishedOf(info, config), may: "stay" };
    case "stop":
      if (sealing.startsOver && isKeyMissing(meeting.error)) return { ...NO_KEYS, may: "start_over" };
      // `sync key enter` is for a device that is connected already.
      throw meeting.error.code === "sealed_account" ? sealedAccount("--sealing-key-file") : meeting.error;
    case "went_back":
    case "work":
      throw wentBack();
  }
}

function isKeyMissing({ code }: MoodsyncError): boolean {
  return code === "sealed_account" || code === "wrong_sealing_key";
}

/** Stops syncing and forgets the API key. All data stays, the account of it is remembered, and so is a sealing key. */
export async function disableSync({ db, keys }: Device): Promise<void> {
  if (readSyncConfig(db)) transaction(db, () => updateSyncConfig(db, { enabled: false }));
  await keys.forget();
}
