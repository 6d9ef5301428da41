import type { Caller } from "../auth.ts";
import { RevokedKey } from "../db/api-keys.ts";
import { DatabaseError, FOREIGN_KEY_VIOLATION } from "../db/database-error.ts";
import type { LogFields } from "../observability/log.ts";
import { parseJson } from "./body.ts";
import { giveWay } from "./give-way.ts";
import { Problem, problemBody, unauthorized, unavailable } from "./problem.ts";
import type { Route, RouteAnswer } from "./route.ts";

/** A request of an account that is there whole, for a route. Plain values, so that another thread can take it. */
export interface Work {
  requestId: string;
  method: Route["method"];
  path: string;
  parameters: Readonly<Record<string, string>>;
  /** What stands behind the `?` of the URL. */
  query: string;
  /** JSON, decompressed; null where the route takes none. */
  body: Uint8Array | null;
  caller: Caller;
}

/** An answer as it is sent, and what is logged of it. Plain values, too. */
export interface ReadyAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  content: Uint8Array;
  logged: LogFields;
}

/** Answers a request by its route. Whatever goes wrong becomes a problem body. */
export async function doWork(routes: readonly Route[], work: Work): Promise<ReadyAnswer> {
  const { requestId, method, path, parameters, query, body, caller } = work;
  const logged: LogFields = {};
  try {
    const route = routes.find((route) => route.method === method && route.path === path)!;
    const request = {
      parameters,
      query: new URLSearchParams(query),
      body: body === null ? undefined : await parseJson(body),
      note: (fields: LogFields) => void Object.assign(logged, fields),
      caller,
    };
    await giveWay();
    const answer = await route.answer(request);
    await giveWay();
    return { ...readyAnswer(route, answer), logged };
  } catch (error) {
    return problemAnswer(error, requestId, logged);
  }
}

export function readyAnswer({ success }: Route, { body, text }: RouteAnswer): Omit<ReadyAnswer, "logged"> {
  const content = Buffer.from(text?.content ?? (body ? JSON.stringify(body) : ""));
  const headers: Record<string, string> = {};
  if (text || body) headers["content-type"] = text?.contentType ?? "application/json";
  return { status: success.status, headers, content };
}

/** The problem body for an error. Errors themselves are neither logged nor sent, because those of PostgreSQL and JSON.parse
 *  quote the data. */
export function problemAnswer(error: unknown, requestId: string, logged: LogFields): ReadyAnswer {
  const problem = toProblem(error);
  return {
    status: problem.status,
    headers: { ...problem.headers, "content-type": "application/problem+json" },
    content: Buffer.from(JSON.stringify(problemBody(problem, requestId))),
    logged: {
      ...logged,
      ...(error instanceof DatabaseError && error.sqlState !== undefined ? { sqlState: error.sqlState } : {}),
      code: problem.code,
    },
  };
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof RevokedKey || isOfDeletedAccount(error)) return unauthorized();
  if (error instanceof DatabaseError && error.kind === "unavailable") {
    return unavailable("The database does not answer at the moment.", 2);
  }
  return new Problem("internal", "The server failed; its log knows the request by its id.");
}

/** Of foreign keys there are only those to the account: it was deleted while the request ran. */
function isOfDeletedAccount(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlState === FOREIGN_KEY_VIOLATION;
}
