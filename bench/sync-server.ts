import { join } from "node:path";
import { addUser } from "../server/accounts/accounts.ts";
import { openDatabaseSource } from "../server/db/database-source.ts";
import { openDatabase } from "../server/db/pool.ts";
import { locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { startProgram } from "../tests/helpers/program/program.ts";
import { MOODSYNC, runProcess } from "./measure.ts";

/** A `moodsync serve` with its private database, for as long as a benchmark needs it. */
export interface SyncServer {
  url: string;
  /** Of its database, for what is measured beside the server. */
  databaseUrl: string;
  /** Makes a new account; its API key. */
  addAccount(): string;
  /** Makes many accounts; their API keys. */
  addAccounts(count: number): Promise<string[]>;
  /** Connects the device of `home` with an account; with further options of `sync enable`. */
  connect(home: string, apiKey: string, options?: readonly string[]): void;
  /** What all its tables and indexes take on the disk. */
  databaseBytes(): Promise<number>;
  /** What one table takes with its indexes. */
  tableBytes(table: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startSyncServer(): Promise<SyncServer> {
  const serverHome = newHome();
  const server = startProgram(MOODSYNC, ["serve", "--port", "0"], { home: serverHome });
  const [, url = ""] = await server.waitFor(/listening on (http:\S+)/);
  const directory = join(locateHome({ MOODSYNC_HOME: serverHome }).stateDir, "server");
  const source = await openDatabaseSource({ databaseUrl: undefined, directory, purpose: "admin" });
  const db = openDatabase({ url: source.url, prepare: false });
  return {
    url,
    databaseUrl: source.url,
    addAccount: () =>
      JSON.parse(runProcess([MOODSYNC, "admin", "user", "add", "--json"], { home: serverHome }).stdout)
        .api_key,
    addAccounts: async (count) => {
      const keys: string[] = [];
      while (keys.length < count) {
        const users = await Promise.all(Array.from({ length: 10 }, () => addUser(db)));
        keys.push(...users.map(({ apiKey }) => apiKey));
      }
      return keys.slice(0, count);
    },
    connect: (home, apiKey, options = []) => {
      runProcess([MOODSYNC, "sync", "enable", url, "--key-stdin", ...options], { home, input: apiKey });
    },
    databaseBytes: async () => {
      const [row] = await db.run<{ bytes: string }>(
        (sql) => sql`select pg_database_size(current_database()) as bytes`,
      );
      return Number(row!.bytes);
    },
    tableBytes: async (table) => {
      const [row] = await db.run<{ bytes: string }>(
        (sql) => sql`select pg_total_relation_size(${table}::regclass) as bytes`,
      );
      return Number(row!.bytes);
    },
    stop: async () => {
      await db.close();
      await server.stop();
      await source.close();
      removeHome(serverHome);
    },
  };
}
