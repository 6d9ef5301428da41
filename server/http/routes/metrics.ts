import type { Metrics } from "../../observability/metrics.ts";
import type { Route } from "../route.ts";

/** The server's numbers, for whoever may reach this listener. */
export function metricsRoute(metrics: Metrics): Route {
  return {
    method: "GET",
    path: "/metrics",
    summary: "What the server has done, in numbers.",
    isPublic: true,
    success: { status: 200, description: "The text format of Prometheus." },
    problems: [],
    answer: async () => ({ text: await metrics.text() }),
  };
}
