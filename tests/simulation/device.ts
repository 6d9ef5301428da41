import type { SealingKeyStore } from "../../src/credentials/sealing-key-store.ts";
import type { SealingKey } from "../../src/sealing/sealing-key.ts";
import type { DeviceDatabase } from "./database-pool.ts";
import type { Product } from "./load-simulation.ts";
import type { DeviceSetup } from "./schedule.ts";

/** One installation in a run. */
export interface SimulatedDevice extends DeviceSetup {
  number: number;
  userId: string;
  product: Product;
  database: DeviceDatabase;
  backup: DatabaseCopy | null;
  /** Its sealing keys, which lie beside the database. */
  keyStore: SealingKeyStore;
  /** Requests that it has sent, for counting. */
  requests: number;
  nowMs(): number;
}

/** Rows of every table, by table. */
export type DatabaseCopy = Map<string, unknown[][]>;

/** Those that others refer to come first. */
const TABLES = [
  "activities",
  "mood_entries",
  "assessments",
  "schedules",
  "commands",
  "command_changes",
  "entity_history",
  "sent_versions",
  "rejected_changes",
  "deferred_changes",
  "sync_config",
  "walk_marks",
];

export function copyDatabase({ product, database: { db } }: SimulatedDevice): DatabaseCopy {
  return new Map(
    TABLES.map((table) => [
      table,
      product.statement(db, `select * from ${table}`).raw().all() as unknown[][],
    ]),
  );
}

export function restoreDatabase({ product, database: { db } }: SimulatedDevice, copy: DatabaseCopy): void {
  for (const table of TABLES.toReversed()) product.statement(db, `delete from ${table}`).run();
  for (const [table, rows] of copy) {
    for (const row of rows) {
      product.statement(db, `insert into ${table} values (${row.map(() => "?").join(", ")})`).run(row);
    }
  }
}

/** Whether a local change waits for the server or for its answer. */
export function hasUnsynced({ product, database: { db } }: SimulatedDevice): boolean {
  return product.hasOutgoing(db);
}

/** Whether it keeps changes that only a newer version can read. */
export function hasDeferred({ product, database: { db } }: SimulatedDevice): boolean {
  return product.statement(db, "select 1 from deferred_changes").get() !== undefined;
}

/** Whether it holds its account for a sealed one. */
export function isPinned({ product, database }: SimulatedDevice): boolean {
  return product.readSyncConfig(database.db)!.sealedGeneration !== null;
}

/** Sealing keys in memory: the one in use, and one that was proposed. */
export function createKeyStore(): SealingKeyStore {
  let [inUse, proposed]: [SealingKey | null, SealingKey | null] = [null, null];
  return {
    place: () => (inUse ? "file" : null),
    readAll: async () => [inUse, proposed].filter((key) => key !== null),
    async propose(key) {
      proposed = key;
    },
    async keep(key) {
      [inUse, proposed] = [key, null];
    },
    async forget() {
      [inUse, proposed] = [null, null];
    },
  };
}

export function deviceIdOf(number: number): string {
  return `de000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
