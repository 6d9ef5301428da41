import type Database from "better-sqlite3";
import { statement } from "./statements.ts";

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
  /** A download from the start that has not ended: for a `resync`, or because the cursor had `expired`. */
  walk: "none" | "resync" | "expired";
  /** This device's clock minus the server's, in ms, at the last answer; null: never measured. */
  clockSkewMs: number | null;
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
  walk: "walk",
  clockSkewMs: "clock_skew_ms",
};

/** Null until the device has first enabled sync. */
export function readSyncConfig(db: Database.Database): SyncConfig | null {
  const row = statement(db, "select * from sync_config where only_row = 1").get() as
    | Record<string, string | number | null>
    | undefined;
  if (!row) return null;
  const value = (field: keyof SyncConfig) => row[COLUMN_BY_FIELD[field]] ?? null;
  return {
    deviceId: value("deviceId") as string,
    deviceLabel: value("deviceLabel") as string | null,
    endpointUrl: value("endpointUrl") as string | null,
    accountId: value("accountId") as string | null,
    enabled: value("enabled") === 1,
    allowInsecureHttp: value("allowInsecureHttp") === 1,
    cursor: value("cursor") as string | null,
    seenCursor: value("seenCursor") as string | null,
    walk: value("walk") as SyncConfig["walk"],
    clockSkewMs: value("clockSkewMs") as number | null,
  };
}

/** Makes the row of a device that has none. */
export function createSyncConfig(db: Database.Database, deviceId: string): void {
  statement(db, "insert into sync_config (only_row, device_id) values (1, ?)").run(deviceId);
}

/** Changes the named fields and leaves the others. */
export function updateSyncConfig(db: Database.Database, changes: Partial<SyncConfig>): void {
  const fields = Object.keys(changes) as (keyof SyncConfig)[];
  const assignments = fields.map((field) => `${COLUMN_BY_FIELD[field]} = @${field}`);
  const values = fields.map((field) => {
    const value = changes[field];
    return [field, typeof value === "boolean" ? Number(value) : (value ?? null)];
  });
  statement(db, `update sync_config set ${assignments.join(", ")} where only_row = 1`).run(
    Object.fromEntries(values),
  );
}
