import { type AuthenticationLimits, createAuthentication, DEFAULT_LIMITS } from "./auth.ts";
import { migrate } from "./db/migrate.ts";
import { type Database, openDatabase } from "./db/pool.ts";
import { listen } from "./listen.ts";
import type { ServerLog } from "./log.ts";
import { createRouter } from "./router.ts";
import { allRoutes } from "./routes/all-routes.ts";
import type { TlsFiles } from "./tls.ts";

/** A server that takes requests. */
export interface RunningServer {
  url: string;
  db: Database;
  /** Ends within ten seconds: requests under way are answered, new ones not taken. */
  close(): Promise<void>;
}

/** Of the ten seconds that ending may take, the rest is for the database. */
const DRAIN_MS = 7_000;

/** Brings the database's schema up to date and serves it. Throws a `MoodsyncError` that says what to repair. */
export async function startServer(options: {
  databaseUrl: string;
  prepare: boolean;
  host: string;
  port: number;
  tls: TlsFiles | undefined;
  log: ServerLog;
  limits?: AuthenticationLimits;
  nowMs?: () => number;
}): Promise<RunningServer> {
  const { databaseUrl, prepare, host, port, tls, log, nowMs = Date.now } = options;
  await migrate({ url: databaseUrl });
  const db = openDatabase({ url: databaseUrl, prepare });
  let draining = false;
  const answer = createRouter({
    routes: allRoutes({ db, nowMs }),
    authentication: createAuthentication({ db, limits: options.limits ?? DEFAULT_LIMITS, nowMs }),
    log,
    isDraining: () => draining,
  });
  try {
    const listener = await listen({ host, port, tls, answer });
    log.info("listening", { url: listener.url });
    return {
      url: listener.url,
      db,
      close: async () => {
        draining = true;
        await listener.drain(DRAIN_MS);
        await db.close();
        log.info("stopped");
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}
