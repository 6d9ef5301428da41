import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Authentication, Caller } from "./auth.ts";
import { DatabaseError } from "./db/database-error.ts";
import { readJsonBody } from "./http/body.ts";
import { Problem, problemBody, unavailable } from "./http/problem.ts";
import type { LogFields, ServerLog } from "./log.ts";

/** What a route gets to see of a request. */
export interface RouteRequest {
  /** The values of the pattern's `{names}`. */
  parameters: Readonly<Record<string, string>>;
  /** The parsed body of POST and PUT; else undefined. */
  body: unknown;
  /** Adds to the log line of this request. */
  note(fields: LogFields): void;
}

export interface RouteAnswer {
  status: number;
  /** Sent as JSON; without one and without a text the answer is empty. */
  body?: object;
  text?: { contentType: string; content: string };
}

/** `public` routes answer everybody; all others get the caller of a valid key. */
export type Route = { method: "GET" | "POST" | "PUT" | "DELETE"; pattern: string } & (
  | { isPublic: true; answer(request: RouteRequest): Promise<RouteAnswer> }
  | { isPublic?: false; answer(request: RouteRequest & { caller: Caller }): Promise<RouteAnswer> }
);

export interface RouterOptions {
  routes: readonly Route[];
  authentication: Authentication;
  log: ServerLog;
  /** Counts a request by its log line. */
  count?: ((request: LogFields) => void) | undefined;
  /** True from the moment the server is to end: answers then close their connection. */
  isDraining: () => boolean;
}

/** Answers every request: finds its route, checks the key, reads the body, and turns whatever goes wrong into a problem
 *  body. Errors themselves are neither logged nor sent, because those of PostgreSQL and JSON.parse quote the data. */
export function createRouter(options: RouterOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const logged: LogFields = { requestId, method: knownMethod(request.method) };
    response.setHeader("x-request-id", requestId);
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    try {
      const { status, body, text } = await answer(request, options, logged);
      logged.status = status;
      if (options.isDraining()) response.setHeader("connection", "close");
      if (text) send(response, status, text.contentType, text.content);
      else send(response, status, "application/json", body && JSON.stringify(body));
    } catch (error) {
      const problem = toProblem(error, logged);
      logged.status = problem.status;
      logged.code = problem.code;
      for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
      const body = JSON.stringify(problemBody(problem, requestId));
      send(response, problem.status, "application/problem+json", body);
    }
    logged.durationMs = Math.round(performance.now() - startedAt);
    options.count?.(logged);
    options.log[logged.status >= 500 && logged.code === "internal" ? "error" : "info"]("request", logged);
  };
}

async function answer(
  request: IncomingMessage,
  { routes, authentication }: RouterOptions,
  logged: LogFields,
): Promise<RouteAnswer> {
  const { route, parameters } = findRoute(routes, request);
  logged.route = route.pattern;
  const note = (fields: LogFields) => Object.assign(logged, fields);
  if (route.isPublic) return route.answer({ parameters, body: undefined, note });

  const caller = await authentication.authenticate({
    authorization: request.headers.authorization,
    address: request.socket.remoteAddress ?? "",
  });
  logged.userId = caller.userId;
  const hasBody = route.method === "POST" || route.method === "PUT";
  const body = hasBody ? await readJsonBody(request) : undefined;
  return route.answer({ parameters, body, note, caller });
}

function findRoute(routes: readonly Route[], request: IncomingMessage) {
  const [path = ""] = (request.url ?? "").split("?", 1);
  const matching = routes.flatMap((route) => {
    const parameters = matchPattern(route.pattern, path);
    return parameters ? [{ route, parameters }] : [];
  });
  if (matching.length === 0) throw new Problem("not_found", "There is nothing at this address.");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = matching.find(({ route }) => route.method === method);
  if (found) return found;
  const allowed = matching.map(({ route }) => (route.method === "GET" ? "GET, HEAD" : route.method));
  throw new Problem("method_not_allowed", "This address does not know the method.", {
    headers: { allow: allowed.join(", ") },
  });
}

/** The values of the pattern's `{names}` in a path, or null. Values are UUIDs and type names: never escaped. */
function matchPattern(pattern: string, path: string): Record<string, string> | null {
  const expected = pattern.split("/");
  const given = path.split("/");
  if (expected.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index]!;
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = value;
    else if (part !== value) return null;
  }
  return parameters;
}

function toProblem(error: unknown, logged: LogFields): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError) {
    logged.sqlState = error.sqlState;
    if (error.kind === "unavailable") return unavailable("The database does not answer at the moment.", 2);
  }
  return new Problem("internal", "The server failed; its log knows the request by its id.");
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  content: string | undefined,
): void {
  response.statusCode = status;
  if (content === undefined) {
    response.end();
    return;
  }
  const text = Buffer.from(content);
  response.setHeader("content-type", contentType);
  response.setHeader("content-length", text.length);
  response.end(text);
}

/** A method is a text of the sender's. */
function knownMethod(method: string | undefined): string {
  return ["GET", "HEAD", "POST", "PUT", "DELETE"].includes(method ?? "") ? method! : "other";
}
