import * as z from "zod";
import { isSchemaCurrent } from "../../db/migrate.ts";
import type { Database } from "../../db/pool.ts";
import { unavailable } from "../problem.ts";
import type { Route } from "../route.ts";

/** How long an answer about the database holds, in ms: whoever asks has no key, and may ask often. */
const READY_FOR_MS = 1_000;

const Status = z.looseObject({ status: z.string() });

/** `/health`: the process serves. `/ready`: so does its database, and with the schema of this program. `probe` is a
 *  database connection of its own, which nobody's statements keep busy. */
export function healthRoutes({ probe, nowMs }: { probe: Database; nowMs: () => number }): Route[] {
  const isReady = latest(() => isSchemaCurrent(probe).catch(() => false), { holdsMs: READY_FOR_MS, nowMs });
  return [
    {
      method: "GET",
      path: "/health",
      summary: "Whether the server runs. Asks no database.",
      isPublic: true,
      success: { status: 200, description: "It runs.", body: { Status } },
      problems: [],
      answer: async () => ({ body: { status: "ok" } }),
    },
    {
      method: "GET",
      path: "/ready",
      summary: "Whether the server can work: its database answers and has the right schema.",
      isPublic: true,
      success: { status: 200, description: "It can.", body: { Status } },
      problems: ["unavailable"],
      answer: async () => {
        if (await isReady()) return { body: { status: "ready" } };
        throw unavailable("The database does not answer, or its schema is of another version.", 5);
      },
    },
  ];
}

/** Asks at most once at a time, and again only when the last answer is older than `holdsMs`. */
function latest<T>(ask: () => Promise<T>, { holdsMs, nowMs }: { holdsMs: number; nowMs: () => number }) {
  let asked: Promise<T> | undefined;
  let answeredAtMs = Infinity;
  return () => {
    if (asked === undefined || nowMs() - answeredAtMs > holdsMs) {
      answeredAtMs = Infinity;
      asked = ask().finally(() => {
        answeredAtMs = nowMs();
      });
    }
    return asked;
  };
}
