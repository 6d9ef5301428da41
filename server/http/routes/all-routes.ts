import type { Quotas } from "../../accounts/quotas.ts";
import type { Database } from "../../db/pool.ts";
import type { Route } from "../route.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { deviceRoutes } from "./devices.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.ts";
import { openApiRoute } from "./openapi.ts";
import { syncRoutes } from "./sync.ts";

interface AccountRouteOptions {
  db: Database;
  nowMs: () => number;
  quotas: Quotas;
}

/** Everything that the server answers, in the order of docs/protocol.md. */
export function allRoutes(options: AccountRouteOptions & { probe: Database }): Route[] {
  const routes = [...accountRoutes(options), ...healthRoutes(options)];
  return [...routes, openApiRoute(routes)];
}

/** What it answers to a valid key. */
export function accountRoutes(options: AccountRouteOptions): Route[] {
  return [
    ...syncRoutes(options),
    ...historyRoutes(options),
    ...deviceRoutes(options),
    ...apiKeyRoutes(options),
  ];
}
