import type { Writable } from "node:stream";
import type { ServerConfig } from "./config.ts";
import { openDatabaseSource } from "./database-source.ts";
import { withDatabase } from "./db/with-database.ts";
import { createFirstAccount } from "./first-account.ts";
import { createLog } from "./log.ts";
import { startServer } from "./start.ts";

/** What `moodsync serve` runs. */
export interface Service {
  url: string;
  /** Of the listener that serves metrics alone; null where there is none. */
  metricsUrl: string | null;
  /** Where the key of a first account was written; null when there were accounts. */
  newKeyFile: string | null;
  close(): Promise<void>;
}

/** Starts the database where it is the server's own, then the server. On the first start on a private PostgreSQL an
 *  account is made. What was started is ended again when the rest cannot start. */
export async function serve(options: {
  config: ServerConfig;
  /** Holds the private PostgreSQL and the key of the first account. */
  directory: string;
  logTo: Writable;
}): Promise<Service> {
  const { config, directory } = options;
  const log = await createLog(options.logTo);
  const source = await openDatabaseSource({ ...config, directory, purpose: "serve", log });
  try {
    const isPrivate = config.databaseUrl === undefined;
    const newKeyFile = isPrivate
      ? await withDatabase(source.url, (db) => createFirstAccount(db, directory))
      : null;
    const server = await startServer({ ...config, databaseUrl: source.url, log });
    return {
      url: server.url,
      metricsUrl: server.metricsUrl,
      newKeyFile,
      close: async () => {
        await server.close();
        await source.close();
      },
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}
