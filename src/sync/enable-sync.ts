import { checkApiKey, type StoredKeyPlace } from "../credentials/api-key-store.ts";
import { RegisteredDevice } from "../domain/protocol/registered-device.ts";
import { transaction } from "../local/storage/database.ts";
import { emptyCursor } from "../local/sync-state/empty-cursor.ts";
import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import { checkDeviceLabel } from "./account/device-label.ts";
import type { Device } from "./device.ts";
import { ensureDeviceId } from "./device-state.ts";
import { parseEndpoint } from "./http/endpoint.ts";
import { createHttpClient } from "./http/http-client.ts";
import { sendChecked } from "./http/http-transport.ts";
import { otherAccount, requireKey } from "./open-session.ts";

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
