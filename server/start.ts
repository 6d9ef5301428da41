import { type AuthenticationLimits, createAuthentication, DEFAULT_LIMITS } from "./auth.ts";
import { migrate } from "./db/migrate.ts";
import { type Database, openDatabase } from "./db/pool.ts";
import { type Listener, listen } from "./listen.ts";
import type { ServerLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createRouter } from "./router.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import type { TlsFiles } from "./tls.ts";

/** A server that takes requests. */
export interface RunningServer {
  url: string;
  /** Of the listener that serves metrics alone; null where there is none. */
  metricsUrl: string | null;
  db: Database;
  /** Gives connections from now on another certificate. */
  useCertificate: Listener["useCertificate"];
  /** Ends within ten seconds: requests under way are answered, new ones not taken. */
  close(): Promise<void>;
}

/** Of the ten seconds that ending may take, the rest is for the database. */
const DRAIN_MS = 7_000;

/** Metrics have no key, so their own listener is for programs of this machine. */
const METRICS_HOST = "127.0.0.1";

/** Brings the database's schema up to date and serves it. Throws a `MoodsyncError` that says what to repair. */
export async function startServer(options: {
  databaseUrl: string;
  prepare: boolean;
  host: string;
  port: number;
  tls: TlsFiles | undefined;
  log: ServerLog;
  metrics?: boolean;
  metricsPort?: number | undefined;
  limits?: AuthenticationLimits;
  nowMs?: () => number;
}): Promise<RunningServer> {
  const { databaseUrl, prepare, host, port, tls, log, nowMs = Date.now } = options;
  await migrate({ url: databaseUrl });
  const db = openDatabase({ url: databaseUrl, prepare });
  let draining = false;
  const metrics = options.metrics || options.metricsPort !== undefined ? await createMetrics() : null;
  const common = {
    authentication: createAuthentication({ db, limits: options.limits ?? DEFAULT_LIMITS, nowMs }),
    log,
    isDraining: () => draining,
  };
  const answer = createRouter({
    ...common,
    routes: [...allRoutes({ db, nowMs }), ...(metrics && options.metrics ? metricsRoutes(metrics) : [])],
    count: metrics?.count,
  });
  let metricsListener: Listener | null = null;
  try {
    if (metrics && options.metricsPort !== undefined) {
      const answerMetrics = createRouter({ ...common, routes: metricsRoutes(metrics) });
      const place = { host: METRICS_HOST, port: options.metricsPort, tls: undefined };
      metricsListener = await listen({ ...place, answer: answerMetrics });
    }
    const listener = await listen({ host, port, tls, answer });
    log.info("listening", { url: listener.url });
    return {
      url: listener.url,
      metricsUrl: metricsListener?.url ?? null,
      db,
      useCertificate: listener.useCertificate,
      close: async () => {
        draining = true;
        await Promise.all([listener.drain(DRAIN_MS), metricsListener?.drain(DRAIN_MS)]);
        await db.close();
        log.info("stopped");
      },
    };
  } catch (error) {
    await metricsListener?.drain(0);
    await db.close();
    throw error;
  }
}
