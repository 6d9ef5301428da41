import { isSchemaCurrent } from "../db/migrate.ts";
import type { Database } from "../db/pool.ts";
import { unavailable } from "../http/problem.ts";
import type { Route } from "../router.ts";

/** `/health`: the process serves. `/ready`: so does its database, and with the schema of this program. */
export function healthRoutes({ db }: { db: Database }): Route[] {
  return [
    {
      method: "GET",
      pattern: "/health",
      isPublic: true,
      answer: async () => ({ status: 200, body: { status: "ok" } }),
    },
    {
      method: "GET",
      pattern: "/ready",
      isPublic: true,
      answer: async () => {
        if (await isSchemaCurrent(db).catch(() => false)) return { status: 200, body: { status: "ready" } };
        throw unavailable("The database does not answer, or its schema is of another version.", 5);
      },
    },
  ];
}
