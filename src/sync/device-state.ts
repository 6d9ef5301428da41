import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { writePrivateFile } from "../files/private-file.ts";
import { transaction } from "../local/storage/database.ts";
import { createSyncConfig, readSyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import { lastRunNumber } from "../local/sync-state/sync-runs.ts";

// What the state directory remembers of this device's database, so that one from elsewhere is noticed.
const DEVICE_ID_FILE = "device-id";
const LAST_SYNC_FILE = "last-sync";

/** This device's id, made when it is first needed. It lies in the database and in the state directory: where the
 *  two differ the database was copied from another device, and the copy takes a new one. */
export function ensureDeviceId(
  db: Database.Database,
  stateDir: string,
): { deviceId: string; isCopy: boolean } {
  const file = join(stateDir, DEVICE_ID_FILE);
  const known = readSyncConfig(db)?.deviceId ?? null;
  if (known !== null && known === readIfThere(file)) return { deviceId: known, isCopy: false };
  const deviceId = randomUUID();
  writePrivateFile(file, `${deviceId}\n`);
  transaction(db, () => {
    if (known === null) createSyncConfig(db, deviceId);
    else updateSyncConfig(db, { deviceId, deviceLabel: null });
  });
  return { deviceId, isCopy: known !== null };
}

/** Whether `ensureDeviceId` would find a copy. Changes nothing. */
export function isCopiedDatabase(db: Database.Database, stateDir: string): boolean {
  const known = readSyncConfig(db)?.deviceId ?? null;
  return known !== null && known !== readIfThere(join(stateDir, DEVICE_ID_FILE));
}

/** Whether the database is older than the last sync of this device: it was restored from a backup. */
export function isOlderThanLastSync(db: Database.Database, stateDir: string): boolean {
  return lastRunNumber(db) < Number(readIfThere(join(stateDir, LAST_SYNC_FILE)) ?? 0);
}

/** Remembers how far the database has come. Only a sentence depends on it, so a full disk does no harm. */
export function rememberLastSync(db: Database.Database, stateDir: string): void {
  try {
    writePrivateFile(join(stateDir, LAST_SYNC_FILE), `${lastRunNumber(db)}\n`);
  } catch {
    // the next sync remembers it
  }
}

/** The text of a file without the blanks around it; null where it cannot be read. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
