import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** What this device knows of its server. The key is not here: it is kept by `credentials`. */
export interface SyncConfig {
  deviceId: string;
  deviceLabel: string | null;
  endpointUrl: string | null;
  /** The account that the data was synced with, remembered when sync is disabled too. */
  accountId: string | null;
  enabled: boolean;
  allowInsecureHttp: boolean;
  /** Position in the server's order of changes; null: none yet, or emptied by a resync. */
  cursor: string | null;
  /** Head after an upload that has not been downloaded past. */
  seenCursor: string | null;
  /** A full download, from an empty cursor, that has not come to its last page: for a `resync`, or because the cursor
   *  had `expired`. */
  fullDownload: "none" | "resync" | "expired";
  /** This device's clock minus the server's, in ms, at the last answer; null: never measured. */
  clockSkewMs: number | null;
  /** What a sealed account is pinned to: no answer of a server changes it. Null in a plain one. */
  sealedGeneration: number | null;
  sealedFormat: number | null;
  sealedKeyId: string | null;
  /** `filling`: this device founded the generation, and the server does not have everything yet. */
  founding: "none" | "filling";
  /** When the sealing key was last shown to a person, in ms since 1970; null: never. */
  keyShownAtMs: number | null;
  /** When this device last found the server to hold the same, in ms since 1970; null: never. */
  verifiedAtMs: number | null;
  /** Since when the server of a sealed account has been found to hold something else, in ms since 1970; null: it has not. */
  differsAtMs: number | null;
  /** Whether it still held what the account was before its last founding, when it was last asked. */
  hasRetired: boolean;
}

const COLUMN_BY_FIELD: Record<keyof SyncConfig, string> = {
  deviceId: "device_id",
  deviceLabel: "device_label",
  endpointUrl: "endpoint_url",
  accountId: "account_id",
  enabled: "enabled",
  allowInsecureHttp: "allow_insecure_http",
  cursor: "last_sync_cursor",
  seenCursor: "seen_cursor",
  fullDownload: "walk",
  clockSkewMs: "clock_skew_ms",
  sealedGeneration: "sealed_generation",
  sealedFormat: "sealed_format",
  sealedKeyId: "sealed_key_id",
  founding: "founding",
  keyShownAtMs: "key_shown_at",
  verifiedAtMs: "verified_at",
  differsAtMs: "differs_at",
  hasRetired: "has_retired",
};

/** Null until the device has first enabled sync. */
export function readSyncConfig(db: Database.Database): SyncConfig | null {
  const row = statement(db, READ).raw().get() as (string | number | null)[] | undefined;
  if (!row) return null;
  return {
    deviceId: row[0] as string,
    deviceLabel: row[1] as string | null,
    endpointUrl: row[2] as string | null,
    accountId: row[3] as string | null,
    enabled: row[4] === 1,
    allowInsecureHttp: row[5] === 1,
    cursor: row[6] as string | null,
    seenCursor: row[7] as string | null,
    fullDownload: row[8] as SyncConfig["fullDownload"],
    clockSkewMs: row[9] as number | null,
    sealedGeneration: row[10] as number | null,
    sealedFormat: row[11] as number | null,
    sealedKeyId: row[12] as string | null,
    founding: row[13] as SyncConfig["founding"],
    keyShownAtMs: row[14] as number | null,
    verifiedAtMs: row[15] as number | null,
    differsAtMs: row[16] as number | null,
    hasRetired: row[17] === 1,
  };
}

const READ = `select ${Object.values(COLUMN_BY_FIELD).join(", ")} from sync_config where only_row = 1`;

/** Makes the row of a device that has none. */
export function createSyncConfig(db: Database.Database, deviceId: string): void {
  statement(db, "insert into sync_config (only_row, device_id) values (1, ?)").run(deviceId);
}

/** Changes the named fields and leaves the others. */
export function updateSyncConfig(db: Database.Database, changes: Partial<SyncConfig>): void {
  const assignments: string[] = [];
  const values: (string | number | null)[] = [];
  for (const [field, value] of Object.entries(changes)) {
    assignments.push(`${COLUMN_BY_FIELD[field as keyof SyncConfig]} = ?`);
    values.push(typeof value === "boolean" ? Number(value) : (value ?? null));
  }
  statement(db, `update sync_config set ${assignments.join(", ")} where only_row = 1`).run(values);
}
