import type { ApiKeyStore, StoredKey } from "../credentials/api-key-store.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { databaseFile } from "../local/storage/home.ts";
import { readSyncConfig, type SyncConfig } from "../local/sync-state/sync-config.ts";
import type { SealingKeys } from "../sealing/sealing-keys.ts";
import type { Account, Device } from "./device.ts";
import { ensureDeviceId, isOlderThanLastSync } from "./device-state.ts";
import { ALL_ABILITIES } from "./exchange/abilities.ts";
import { createDeletionGuard } from "./exchange/deletion-guard.ts";
import { DEFAULT_SYNC_LIMITS, type SyncProgress, type SyncSession } from "./exchange/sync-session.ts";
import { recallSizes, rememberSizes } from "./exchange/transfer-sizes.ts";
import type { SyncTransport } from "./exchange/transport.ts";
import { createHttpClient, type HttpClient } from "./http/http-client.ts";
import { createHttpTransport, createSealedHttpExchange } from "./http/http-transport.ts";
import { openSealingKeys } from "./sealed/generation.ts";
import { recallPin, rememberPin } from "./sealed/held-pin.ts";
import { sealedOnly } from "./sealed/sealed-only.ts";
import { createSealedTransport } from "./sealed/sealed-transport.ts";

export interface SyncOptions {
  /** Goes on although more than half of the live entities would be deleted. */
  acceptDeletions: boolean;
  onProgress(progress: SyncProgress): void;
  /** For an account that is sealed before it is first synced: sync is off until that has happened. */
  beforeEnabled?: boolean;
  /** Stops the sync between or within its requests; what was stored before stays. */
  signal?: AbortSignal;
}

/** A session with the server that this device is connected with. */
export interface OpenSession {
  session: SyncSession;
  client: HttpClient;
  /** Of a sealed account. */
  sealing: SealingKeys | null;
}

/** Opens a session for `work` and closes it after. Who uploads, downloads or marks what was sent holds the sync lock;
 *  who only asks the server and adds to history need not: those are transactions of their own. */
export function withSession<T>(
  device: Device,
  options: SyncOptions,
  work: (open: OpenSession) => Promise<T>,
): Promise<T> {
  const { db, home, nowMs, appVersion } = device;
  return withClient(
    device,
    async (client, config, sealing) => {
      const session: SyncSession = {
        db,
        databaseFile: databaseFile(home),
        transport: openTransport(client, sealing),
        nowMs,
        appVersion,
        abilities: ALL_ABILITIES,
        guard: createDeletionGuard(db, options.acceptDeletions),
        limits: DEFAULT_SYNC_LIMITS,
        sizes: recallSizes(home.stateDir),
        stopped: new Map(),
        clockSkewMs: config.clockSkewMs,
        counts: { uploaded: 0, downloaded: 0, conflicts: 0 },
        notices: new Set(noticesOfDatabase(device)),
        onProgress: options.onProgress,
      };
      try {
        return await work({ session, client, sealing });
      } finally {
        rememberSizes(home.stateDir, session.sizes);
      }
    },
    options,
  );
}

/** The exchange with the server: of a pinned account there is none but the sealed one. */
export function openTransport(client: HttpClient, sealing: SealingKeys | null): SyncTransport {
  if (!sealing) return createHttpTransport(client);
  return createSealedTransport(createSealedHttpExchange(client), sealing);
}

/** Where the database came from, if not from this device's last sync; and a copy takes an id of its own. */
function noticesOfDatabase({ db, home }: Device): string[] {
  if (ensureDeviceId(db, home.stateDir).isCopy)
    return ["The database here was copied from another device, so this device has a new id now."];
  if (isOlderThanLastSync(db, home.stateDir))
    return [
      "The database here is older than this device's last sync (it was restored from a backup), so what came after it was downloaded again.",
    ];
  return [];
}

/** Lets `work` send requests to the server that this device is connected with. The account of the key is compared
 *  with that of the data before anything is sent, whatever way the key came; and so is the sealing key, which is derived
 *  for a sealed account. */
export async function withClient<T>(
  account: Account,
  work: (client: HttpClient, config: SyncConfig, sealing: SealingKeys | null) => Promise<T>,
  options: Asking = {},
): Promise<T> {
  recallPin(account.db, account.home.stateDir);
  const sealing = await openSealingKeys(account.sealingKeys, requireConnection(account.db, options));
  return withAccountClient(account, (client, config) => work(client, config, sealing), options);
}

/** How the server is asked. */
export interface Asking {
  signal?: AbortSignal | undefined;
  beforeEnabled?: boolean | undefined;
}

/** The same for who asks of the account alone, and needs no sealing key for it. */
export async function withAccountClient<T>(
  { db, home, keys }: Account,
  work: (client: HttpClient, config: SyncConfig) => Promise<T>,
  { signal, beforeEnabled = false }: Asking = {},
): Promise<T> {
  recallPin(db, home.stateDir);
  const config = requireConnection(db, { beforeEnabled });
  const { key, accountId } = await requireKey(keys);
  if (config.accountId !== accountId) throw otherAccount();
  const { endpointUrl } = config;
  const client = createHttpClient({ endpointUrl, apiKey: key, ...(signal ? { signal } : {}) });
  try {
    return await work(config.sealedGeneration === null ? client : sealedOnly(client), config);
  } finally {
    rememberPin(db, home.stateDir);
    await client.close();
  }
}

/** Throws `not_configured` where sync is off. */
export function requireSyncConfig(db: Device["db"]): SyncConfig & { endpointUrl: string } {
  return requireConnection(db, {});
}

function requireConnection(db: Device["db"], { beforeEnabled = false }: Asking) {
  const config = readSyncConfig(db);
  const isOn = config?.enabled || beforeEnabled;
  if (isOn && config?.endpointUrl) return { ...config, endpointUrl: config.endpointUrl };
  throw new MoodsyncError("not_configured", "Sync is not set up on this device.", {
    hint: "`moodsync sync enable <URL>` sets it up.",
  });
}

/** Throws `unauthorized` where there is no key. */
export async function requireKey(keys: ApiKeyStore): Promise<StoredKey> {
  const stored = await keys.read();
  if (stored) return stored;
  throw new MoodsyncError("unauthorized", "There is no API key on this device.", {
    hint: "Give it to `moodsync sync enable <URL>` with --key-file or --key-stdin, or in MOODSYNC_API_KEY.",
  });
}

export function otherAccount(): MoodsyncError {
  return new MoodsyncError(
    "other_account",
    "This key belongs to another account than the data on this device.",
    {
      hint: "Use a key of the same account, or `moodsync sync enable <URL> --merge-into-this-account` to join them.",
    },
  );
}
