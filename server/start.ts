import { BlockList } from "node:net";
import { MINUTE_MS } from "../src/domain/time/durations.ts";
import { createAccountLimits } from "./accounts/account-limits.ts";
import { DEFAULT_QUOTAS, type Quotas } from "./accounts/quotas.ts";
import { type AuthenticationLimits, createAuthentication, DEFAULT_LIMITS } from "./auth.ts";
import { migrate } from "./db/migrate.ts";
import { type Database, openDatabase } from "./db/pool.ts";
import { storeQuotas } from "./db/users.ts";
import { addressReader } from "./http/client-address.ts";
import { type Listener, listen } from "./http/listen.ts";
import { createLongWork } from "./http/long-work.ts";
import { createRouter } from "./http/router.ts";
import { allRoutes } from "./http/routes/all-routes.ts";
import { metricsRoute } from "./http/routes/metrics.ts";
import { createShortWork } from "./http/short-work.ts";
import type { TlsFiles } from "./http/tls.ts";
import type { Work } from "./http/work.ts";
import type { LogFields, ServerLog } from "./observability/log.ts";
import { createMetrics } from "./observability/metrics.ts";
import { createRateLimit } from "./rate-limit.ts";

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

/** Requests without a key of one network: far beyond what probes of a load balancer ask, and a few per cent of a core. */
export const REQUESTS_WITHOUT_KEY_PER_MINUTE = 6_000;

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
  trustedProxies?: BlockList | undefined;
  limits?: AuthenticationLimits;
  quotas?: Quotas;
  withoutKeyPerMinute?: number;
  nowMs?: () => number;
}): Promise<RunningServer> {
  const { databaseUrl, prepare, host, port, tls, log, nowMs = Date.now, quotas = DEFAULT_QUOTAS } = options;
  await migrate({ url: databaseUrl });
  const db = openDatabase({ url: databaseUrl, prepare });
  const probe = openDatabase({ url: databaseUrl, prepare });
  let draining = false;
  const metrics = options.metrics || options.metricsPort !== undefined ? await createMetrics() : null;
  const authentication = createAuthentication({ db, limits: options.limits ?? DEFAULT_LIMITS, nowMs });
  // Without them the server works, too; only keys that have worked before are limited like new ones.
  await authentication.recallWorkingKeys().catch(() => {});
  await storeQuotas(db, quotas).catch(() => {}); // only `admin user list` would lack them
  const longWork = createLongWork({ data: { databaseUrl, prepare, quotas }, nowMs });
  const closeDatabase = () => Promise.all([db.close(), probe.close(), longWork.close()]);
  const onRefusal = (refused: LogFields) => log.info("request", refused);
  const common = {
    authentication,
    accountLimits: createAccountLimits(),
    addressOf: addressReader(options.trustedProxies ?? new BlockList()),
    withoutKey: createRateLimit({
      limit: options.withoutKeyPerMinute ?? REQUESTS_WITHOUT_KEY_PER_MINUTE,
      windowMs: MINUTE_MS,
      nowMs,
    }),
    log,
    doWork: async (work: Work) => {
      const answer = await (longWork.isLong(work) ? longWork.do(work) : shortWork(work));
      longWork.noteAnswer(work, answer);
      return answer;
    },
    isDraining: () => draining,
  };
  const routes = [
    ...allRoutes({ db, probe, nowMs, quotas }),
    ...(metrics && options.metrics ? [metricsRoute(metrics)] : []),
  ];
  const shortWork = createShortWork(routes);
  const answer = createRouter({
    ...common,
    routes,
    count: metrics?.count,
  });
  let metricsListener: Listener | null = null;
  try {
    if (metrics && options.metricsPort !== undefined) {
      const answerMetrics = createRouter({ ...common, routes: [metricsRoute(metrics)] });
      const place = { host: METRICS_HOST, port: options.metricsPort, tls: undefined };
      metricsListener = await listen({ ...place, answer: answerMetrics });
    }
    const listener = await listen({ host, port, tls, answer, onRefusal });
    log.info("listening", { url: listener.url });
    return {
      url: listener.url,
      metricsUrl: metricsListener?.url ?? null,
      db,
      useCertificate: listener.useCertificate,
      close: async () => {
        draining = true;
        await Promise.all([listener.drain(DRAIN_MS), metricsListener?.drain(DRAIN_MS)]);
        await closeDatabase();
        log.info("stopped");
      },
    };
  } catch (error) {
    await metricsListener?.drain(0);
    await closeDatabase();
    throw error;
  }
}
