import type { Quotas } from "../../accounts/quotas.ts";
import type { Database } from "../../db/pool.ts";
import type { Route } from "../route.ts";
import { accountDeletionRoute } from "./account.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { deviceRoutes } from "./devices.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.ts";
import { openApiRoute } from "./openapi.ts";
import { sealedRoutes } from "./sealed.ts";
import { sealingRoutes } from "./sealing.ts";
import { syncRoutes } from "./sync.ts";
import { createTransfers } from "./transfers.ts";

interface AccountRouteOptions {
  db: Database;
  nowMs: () => number;
  quotas: Quotas;
}

/** Everything that the server answers, in the order of docs/protocol.md, then of docs/sealed-accounts.md. */
export function allRoutes(options: AccountRouteOptions & { probe: Database }): Route[] {
  const routes = [...accountRoutes(options), ...healthRoutes(options)];
  return [...routes, openApiRoute(routes)];
}

/** What it answers to a valid key. */
export function accountRoutes(options: AccountRouteOptions): Route[] {
  const { db } = options;
  const transfers = createTransfers(options);
  return [
    ...syncRoutes({ db, transfers }),
    ...historyRoutes(options),
    ...deviceRoutes(options),
    ...apiKeyRoutes(options),
    accountDeletionRoute(options),
    ...sealingRoutes(options),
    ...sealedRoutes({ db, transfers }),
  ];
}
