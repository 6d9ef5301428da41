import type Database from "better-sqlite3";
import type { ApiKeyStore } from "../credentials/api-key-store.ts";
import type { SealingKeyStore } from "../credentials/sealing-key-store.ts";
import type { Home } from "../local/storage/home.ts";

/** What is needed to ask the server of a device's account. */
export type Account = Pick<Device, "db" | "home" | "keys" | "sealingKeys">;

/** This installation, as the sync commands need it. */
export interface Device {
  db: Database.Database;
  home: Home;
  keys: ApiKeyStore;
  sealingKeys: SealingKeyStore;
  /** Milliseconds since 1970 by this device's clock. */
  nowMs(): number;
  /** Version of moodsync. */
  appVersion: string;
}
