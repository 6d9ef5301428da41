import { DEFAULT_QUOTAS } from "../../../server/accounts/quotas.ts";
import type { Database } from "../../../server/db/pool.ts";
import type { Route } from "../../../server/http/route.ts";
import { allRoutes } from "../../../server/http/routes/all-routes.ts";

/** The server's routes, to be read and not to be asked: they have no database. */
export function serverRoutes(): Route[] {
  const db = {} as Database;
  return allRoutes({ db, probe: db, nowMs: Date.now, quotas: DEFAULT_QUOTAS });
}
