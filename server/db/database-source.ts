import { join } from "node:path";
import type { ServerLog } from "../observability/log.ts";
import type { SupervisorPurpose } from "../private-postgres/supervisor-lock.ts";

/** A database that takes connections, for as long as it is needed. */
export interface DatabaseSource {
  url: string;
  /** Gives it back: a private PostgreSQL that was started for this ends. */
  close(): Promise<void>;
}

/** The operator's database, or without one the private PostgreSQL below `directory`. */
export async function openDatabaseSource(options: {
  databaseUrl: string | undefined;
  directory: string;
  purpose: SupervisorPurpose;
  /** Takes what happens to a private PostgreSQL that is needed for long, which is then kept running. */
  log?: ServerLog;
}): Promise<DatabaseSource> {
  const { databaseUrl, directory, purpose, log } = options;
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => {} };
  const { startPrivatePostgres } = await import("../private-postgres/start.ts");
  const postgres = await startPrivatePostgres({
    directory: join(directory, "postgres"),
    purpose,
    ...(log ? { log } : {}),
  });
  return { url: postgres.url, close: postgres.stop };
}
