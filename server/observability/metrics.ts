import type { LogFields } from "./log.ts";

/** Counts what the server does, in the text format of Prometheus. Numbers alone: no account, device or address. */
export interface Metrics {
  /** Counts one request by the fields of its log line. */
  count(request: LogFields): void;
  /** What is asked for at `/metrics`. */
  text(): Promise<{ contentType: string; content: string }>;
}

/** Upper bounds in seconds: an idle sync takes a few ms, an upload of 10,000 changes about one second. */
const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export async function createMetrics(): Promise<Metrics> {
  const { default: prometheus } = await import("prom-client");
  const registry = new prometheus.Registry();
  const registers = [registry];
  prometheus.collectDefaultMetrics({ register: registry });
  const requests = new prometheus.Counter({
    name: "moodsync_requests_total",
    help: "Requests by route and status.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new prometheus.Histogram({
    name: "moodsync_request_duration_seconds",
    help: "Time from a request's arrival to its answer.",
    labelNames: ["route"],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const changes = new prometheus.Counter({
    name: "moodsync_changes_total",
    help: "Changes by what became of them: applied or conflict of uploads, downloaded.",
    labelNames: ["outcome"],
    registers,
  });
  const repeats = new prometheus.Counter({
    name: "moodsync_upload_repeats_total",
    help: "Uploads that were decided anew because another one of the account came first.",
    registers,
  });

  return {
    count({ method = "other", route = "none", status = 0, durationMs = 0, ...counted }) {
      requests.inc({ method, route, status });
      durations.observe({ route }, durationMs / 1000);
      if (counted.applied === undefined) changes.inc({ outcome: "downloaded" }, counted.changes ?? 0);
      else {
        changes.inc({ outcome: "applied" }, counted.applied);
        changes.inc({ outcome: "conflict" }, counted.conflicts ?? 0);
        repeats.inc((counted.attempts ?? 1) - 1);
      }
    },
    text: async () => ({ contentType: registry.contentType, content: await registry.metrics() }),
  };
}
