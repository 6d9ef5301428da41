import type { Metrics } from "../../observability/metrics.ts";
import type { Route } from "../router.ts";

/** The server's numbers, for whoever may reach this listener. */
export function metricsRoutes(metrics: Metrics): Route[] {
  return [
    {
      method: "GET",
      pattern: "/metrics",
      isPublic: true,
      answer: async () => ({ status: 200, text: await metrics.text() }),
    },
  ];
}
