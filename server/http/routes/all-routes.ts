import type { Quotas } from "../../accounts/quotas.ts";
import type { Database } from "../../db/pool.ts";
import type { Route } from "../router.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { deviceRoutes } from "./devices.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.ts";
import { openApiRoutes } from "./openapi.ts";
import { syncRoutes } from "./sync.ts";

/** Everything that the server answers. */
export function allRoutes(options: {
  db: Database;
  probe: Database;
  nowMs: () => number;
  quotas: Quotas;
}): Route[] {
  return [
    ...healthRoutes(options),
    ...syncRoutes(options),
    ...apiKeyRoutes(options),
    ...deviceRoutes(options),
    ...historyRoutes(options),
    ...openApiRoutes(),
  ];
}
