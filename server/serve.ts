import type { MoodsyncError } from "../src/domain/moodsync-error.ts";
import { createFirstAccount } from "./accounts/first-account.ts";
import { type ServerConfig, warningsOf } from "./config.ts";
import { openDatabaseSource } from "./db/database-source.ts";
import { withDatabase } from "./db/with-database.ts";
import { readTlsFiles } from "./http/tls.ts";
import { createLog, type LogDestination, type ServerLog } from "./observability/log.ts";
import { type RunningServer, startServer } from "./start.ts";

/** What `moodsync serve` runs. */
export interface Service {
  url: string;
  /** Of the listener that serves metrics alone; null where there is none. */
  metricsUrl: string | null;
  /** Where the key of a first account is; null when there were accounts. */
  newKeyFile: string | null;
  /** Reads a renewed certificate; one that cannot be used leaves the old one in its place, and the log says so. */
  reload(): void;
  close(): Promise<void>;
}

/** Starts the database where it is the server's own, then the server. On the first start on a private PostgreSQL an
 *  account is made. What was started is ended again when the rest cannot start. */
export async function serve(options: {
  config: ServerConfig;
  /** Holds the private PostgreSQL and the key of the first account. */
  directory: string;
  logTo: LogDestination;
}): Promise<Service> {
  const { config, directory } = options;
  const log = await createLog(options.logTo);
  const source = await openDatabaseSource({ ...config, directory, purpose: "serve", log });
  try {
    const isPrivate = config.databaseUrl === undefined;
    const newKeyFile = isPrivate
      ? await withDatabase(source.url, (db) => createFirstAccount(db, { directory, log }))
      : null;
    for (const warning of warningsOf(config, process.getuid?.())) log.warn(warning);
    const server = await startServer({
      ...config,
      databaseUrl: source.url,
      tls: config.tls && readTlsFiles(config.tls),
      log,
    });
    return {
      url: server.url,
      metricsUrl: server.metricsUrl,
      newKeyFile,
      reload: () => reloadCertificate(config, server.useCertificate, log),
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

function reloadCertificate(
  { tls }: ServerConfig,
  use: RunningServer["useCertificate"],
  log: ServerLog,
): void {
  if (tls === undefined) {
    log.info("there is no certificate to read anew");
    return;
  }
  try {
    use(readTlsFiles(tls));
    log.info("the certificate was read anew");
  } catch (error) {
    log.error("the new certificate cannot be used, the old one stays", {
      code: (error as MoodsyncError).code,
    });
  }
}
