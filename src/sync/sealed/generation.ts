import type Database from "better-sqlite3";
import type { SealingKeyStore } from "../../credentials/sealing-key-store.ts";
import { SEAL_FORMAT } from "../../domain/protocol/sealed-envelope.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { backUp } from "../../local/storage/backup.ts";
import { transaction } from "../../local/storage/database.ts";
import { forgetAllUnreadable } from "../../local/sync-state/deferred-changes.ts";
import { emptyCursor } from "../../local/sync-state/empty-cursor.ts";
import { forgetRejections } from "../../local/sync-state/rejected-changes.ts";
import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { deriveSealingKeys, type SealingKeys } from "../../sealing/sealing-keys.ts";
import type { Pin } from "./meet-generation.ts";
import { sealedAccount, wrongSealingKey } from "./sealing-errors.ts";

/** What a device is pinned to. */
export function pinOf({ sealedGeneration, sealedKeyId }: SyncConfig): Pin {
  return sealedGeneration === null ? null : { generation: sealedGeneration, keyId: sealedKeyId! };
}

/** The keys of the generation that this device is pinned to; null in a plain account. A key file that was exchanged is
 *  found here, before anything is sent. Throws `sealed_account` where there is no key and `wrong_sealing_key` for another. */
export async function openSealingKeys(
  store: SealingKeyStore,
  config: SyncConfig & { accountId: string | null },
): Promise<SealingKeys | null> {
  if (pinOf(config) === null) return null;
  const pinned = await keepPinnedKey(store, config);
  if (pinned !== null) return pinned;
  throw (await store.readAll()).length === 0 ? sealedAccount() : wrongSealingKey();
}

/** Finds the key that this device is pinned to; null where it is not here. A founding may have been cut off after its
 *  generation was pinned: then the key is only proposed, and is made the one in use before another proposal replaces it. */
export async function keepPinnedKey(
  store: SealingKeyStore,
  config: SyncConfig & { accountId: string | null },
): Promise<SealingKeys | null> {
  const pin = pinOf(config);
  if (pin === null) return null;
  for (const [at, key] of (await store.readAll()).entries()) {
    const derived = deriveSealingKeys(key, { accountId: config.accountId!, generation: pin.generation });
    if (derived.keyId !== pin.keyId) continue;
    if (at > 0 || store.place() === null) await store.keep(key, config);
    return derived;
  }
  return null;
}

/** What is left to do of the founding of a generation. */
export type Unfinished = Pick<SyncConfig, "founding" | "hasRetired">;

/** The same as the server has it: the device that founded it may not know yet that it did. */
export function unfinishedOf(
  { founded_by: foundedBy, has_retired: hasRetired }: SealingInfo,
  { deviceId, founding }: SyncConfig,
): Unfinished {
  return { founding: foundedBy === deviceId ? founding : "none", hasRetired };
}

/** Remembers whether the server of a sealed account was found to hold the same as this device. */
export function noteComparison(
  db: Database.Database,
  { isEqual, nowMs }: { isEqual: boolean; nowMs: number },
): void {
  const since = readSyncConfig(db)!.differsAtMs ?? nowMs;
  const found = isEqual ? { verifiedAtMs: nowMs, differsAtMs: null } : { differsAtMs: since };
  transaction(db, () => updateSyncConfig(db, found));
}

/** Makes a generation this device's own: everything is pending again, and is sent to it. Null: a plain one. */
export function adoptGeneration(
  { db, databaseFile }: { db: Database.Database; databaseFile: string | null },
  keys: Pick<SealingKeys, "generation" | "keyId"> | null,
  { founding, hasRetired }: Unfinished,
): void {
  if (databaseFile) backUp(db, databaseFile, "before-founding");
  transaction(db, () => {
    emptyCursor(db);
    forgetAllUnreadable(db);
    forgetRejections(db);
    updateSyncConfig(db, {
      sealedGeneration: keys?.generation ?? null,
      sealedFormat: keys ? SEAL_FORMAT : null,
      sealedKeyId: keys?.keyId ?? null,
      ...{ founding, hasRetired },
      verifiedAtMs: null,
      differsAtMs: null,
    });
  });
}
