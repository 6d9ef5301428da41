import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { transaction } from "../local/database.ts";
import { createSyncConfig, readSyncConfig, updateSyncConfig } from "../local/sync-config.ts";

/** This device's id, made when it is first needed. It lies in the database and in the state directory: where the
 *  two differ the database was copied from another device, and the copy takes a new one. */
export function ensureDeviceId(db: Database.Database, stateDir: string): string {
  const file = join(stateDir, "device-id");
  const known = readSyncConfig(db)?.deviceId ?? null;
  if (known !== null && known === readIfThere(file)) return known;
  const deviceId = randomUUID();
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${deviceId}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  transaction(db, () => {
    if (known === null) createSyncConfig(db, deviceId);
    else updateSyncConfig(db, { deviceId, deviceLabel: null });
  });
  return deviceId;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
