import { rmSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { writePrivateFile } from "../../files/private-file.ts";
import { readSyncConfig, type SyncConfig } from "../../local/sync-state/sync-config.ts";
import { readIfThere } from "../device-state.ts";
import { adoptGeneration, pinOf } from "./generation.ts";
import type { Pin } from "./meet-generation.ts";

// What this device is pinned to is in its database, which can be put back to before that by somebody who copies a file. So
// the state directory remembers it, too: account, generation and key id.
const FILE = "sealed-account";
const REMEMBERED = /^(?<accountId>[0-9a-f-]{36}) (?<generation>\d{1,10}) (?<keyId>[0-9a-f]{16})$/;

/** What this device is pinned to in an account, by default that of its data: the later generation of its database's and of
 *  the one that the state directory remembers. */
export function heldPin(
  config: SyncConfig | null,
  stateDir: string,
  accountId = config?.accountId ?? null,
): Pin {
  const pin = config !== null && config.accountId === accountId ? pinOf(config) : null;
  const remembered = readRemembered(stateDir);
  if (remembered?.accountId !== accountId || !remembered) return pin;
  const { generation, keyId } = remembered;
  return pin !== null && pin.generation >= generation ? pin : { generation, keyId };
}

/** Pins a database anew that is older than what the state directory remembers: everything in it is pending then. */
export function recallPin(db: Database.Database, stateDir: string): void {
  if (db.readonly) return;
  const config = readSyncConfig(db);
  const held = heldPin(config, stateDir);
  if (config === null || held === null || held.generation === config.sealedGeneration) return;
  adoptGeneration({ db, databaseFile: null }, held, config);
}

/** Remembers what a database is pinned to. A disk that is full does no harm: the next command tries again. */
export function rememberPin(db: Database.Database, stateDir: string): void {
  const config = readSyncConfig(db);
  const pin = config && pinOf(config);
  if (!pin) return;
  const text = `${config.accountId} ${pin.generation} ${pin.keyId}`;
  if (readIfThere(join(stateDir, FILE)) === text) return;
  try {
    writePrivateFile(join(stateDir, FILE), `${text}\n`);
  } catch {
    // the database has it
  }
}

/** Forgets what an account was pinned to: a person said that its server may read it. */
export function forgetPin(stateDir: string, accountId: string | null): void {
  if (readRemembered(stateDir)?.accountId === accountId) rmSync(join(stateDir, FILE), { force: true });
}

function readRemembered(stateDir: string): { accountId: string; generation: number; keyId: string } | null {
  const { groups } = REMEMBERED.exec(readIfThere(join(stateDir, FILE)) ?? "") ?? {};
  if (!groups) return null;
  return { accountId: groups.accountId!, generation: Number(groups.generation), keyId: groups.keyId! };
}
