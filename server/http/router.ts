import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AccountLimits } from "../accounts/account-limits.ts";
import type { Authentication, Caller } from "../auth.ts";
import { RevokedKey } from "../db/api-keys.ts";
import { DatabaseError } from "../db/database-error.ts";
import type { LogFields, ServerLog } from "../observability/log.ts";
import type { RateLimit } from "../rate-limit.ts";
import { checkBodyHeaders, parseJsonBody, type ReceivedBody, receiveBody } from "./body.ts";
import { type AddressReader, networkOf } from "./client-address.ts";
import type { Connections } from "./connections.ts";
import { giveWay } from "./give-way.ts";
import type { Answer } from "./listen.ts";
import { Problem, problemBody, unauthorized, unavailable } from "./problem.ts";
import type { Route, RouteAnswer } from "./route.ts";
import { send } from "./send.ts";

export interface RouterOptions {
  routes: readonly Route[];
  authentication: Authentication;
  accountLimits: AccountLimits;
  addressOf: AddressReader;
  /** Counts what is answered without a key, by network. */
  withoutKey: RateLimit;
  log: ServerLog;
  /** Counts a request by its log line. */
  count?: ((request: LogFields) => void) | undefined;
  /** True from the moment the server is to end: answers then close their connection. */
  isDraining: () => boolean;
}

/** Most headers of a request: a browser sends some 20. */
const MAX_HEADERS = 100;

/** One request on its way, and what it has taken that must be given back when its answer has left. */
interface Exchange {
  request: IncomingMessage;
  connections: Connections;
  logged: LogFields;
  giveBack: (() => void)[];
}

/** Answers every request: finds its route, checks the key, reads the body, and turns whatever goes wrong into a problem
 *  body. Errors themselves are neither logged nor sent, because those of PostgreSQL and JSON.parse quote the data. */
export function createRouter(options: RouterOptions): Answer {
  return async (request, response, connections) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const logged: LogFields = { requestId, method: knownMethod(request.method) };
    const giveBack: (() => void)[] = [];
    response.setHeader("x-request-id", requestId);
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    let content: Buffer;
    try {
      const { status, body, text } = await answer({ request, connections, logged, giveBack }, options);
      response.statusCode = status;
      await giveWay();
      content = Buffer.from(text?.content ?? (body ? JSON.stringify(body) : ""));
      if (logged.userId !== undefined) {
        giveBack.push(options.accountLimits.transfers.take(logged.userId, content.length));
      }
      if (text || body) response.setHeader("content-type", text?.contentType ?? "application/json");
    } catch (error) {
      const problem = toProblem(error, logged);
      logged.code = problem.code;
      response.statusCode = problem.status;
      for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
      response.setHeader("content-type", "application/problem+json");
      content = Buffer.from(JSON.stringify(problemBody(problem, requestId)));
    }
    logged.status = response.statusCode;
    logged.durationMs = Math.round(performance.now() - startedAt);
    options.count?.(logged);
    options.log[logged.code === "internal" ? "error" : "info"]("request", logged);
    if (options.isDraining()) response.setHeader("connection", "close");
    await send(request, response, content);
    for (const give of giveBack) give();
  };
}

async function answer(exchange: Exchange, options: RouterOptions): Promise<RouteAnswer & { status: number }> {
  const { request, connections, logged, giveBack } = exchange;
  const { authentication, accountLimits, addressOf, withoutKey } = options;
  const address = addressOf(request);
  const note = (fields: LogFields) => Object.assign(logged, fields);
  checkHeaders(request);
  const found = findRoute(options.routes, request);
  if (found instanceof Problem || found.route.isPublic) {
    if (!withoutKey.count(networkOf(address))) throw tooManyWithoutKey(withoutKey);
    if (found instanceof Problem) throw found;
  }
  const { route, parameters } = found;
  logged.route = route.path;
  const { status } = route.success;
  const query = new URLSearchParams((request.url ?? "").split("?")[1]);
  if (route.isPublic) {
    return { status, ...(await route.answer({ parameters, query, body: undefined, note })) };
  }

  const caller = await authentication.authenticate({ authorization: request.headers.authorization, address });
  logged.userId = caller.userId;
  giveBack.push(await accountLimits.underWay.take(caller.userId));
  giveBack.push(connections.keep(request));
  const received = route.request ? await receive(exchange, options, caller) : undefined;
  const endWork = await accountLimits.work.take(caller.userId);
  try {
    const body = received && (await parseJsonBody(received));
    await giveWay();
    return { status, ...(await route.answer({ parameters, query, body, note, caller })) };
  } finally {
    endWork();
  }
}

async function receive(
  { request, giveBack }: Exchange,
  { accountLimits }: RouterOptions,
  caller: Caller,
): Promise<ReceivedBody> {
  const { maxBytes } = checkBodyHeaders(request);
  giveBack.push(accountLimits.transfers.take(caller.userId, maxBytes));
  return receiveBody(request);
}

function checkHeaders({ httpVersion, headers, rawHeaders }: IncomingMessage): void {
  const close = { headers: { connection: "close" } };
  if (rawHeaders.length > 2 * MAX_HEADERS) {
    throw new Problem("headers_too_large", `The request must have at most ${MAX_HEADERS} headers.`, close);
  }
  if (httpVersion === "1.1" && headers.host === undefined) {
    throw new Problem("malformed", "The request must have a Host header.", close);
  }
}

/** Closes the connection too: to open one costs a flood more than to send one more request. */
function tooManyWithoutKey(withoutKey: RateLimit): Problem {
  return new Problem("rate_limited", "There were too many requests without a key; come back later.", {
    headers: { "retry-after": String(withoutKey.secondsLeft()), connection: "close" },
  });
}

function findRoute(routes: readonly Route[], request: IncomingMessage) {
  const [asked = ""] = (request.url ?? "").split("?", 1);
  const matching = routes.flatMap((route) => {
    const parameters = matchPath(route.path, asked);
    return parameters ? [{ route, parameters }] : [];
  });
  if (matching.length === 0) return new Problem("not_found", "There is nothing at this address.");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = matching.find(({ route }) => route.method === method);
  if (found) return found;
  const allowed = matching.map(({ route }) => (route.method === "GET" ? "GET, HEAD" : route.method));
  return new Problem("method_not_allowed", "This address does not know the method.", {
    headers: { allow: allowed.join(", ") },
  });
}

/** The values of a route's `{names}` in the path that was asked for, or null. Values are UUIDs and type names: never
 *  escaped. */
function matchPath(path: string, asked: string): Record<string, string> | null {
  const expected = path.split("/");
  const given = asked.split("/");
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
  if (error instanceof RevokedKey) return unauthorized();
  if (error instanceof DatabaseError) {
    logged.sqlState = error.sqlState;
    if (error.kind === "unavailable") return unavailable("The database does not answer at the moment.", 2);
  }
  return new Problem("internal", "The server failed; its log knows the request by its id.");
}

/** A method is a text of the sender's. */
function knownMethod(method: string | undefined): string {
  return ["GET", "HEAD", "POST", "PUT", "DELETE"].includes(method ?? "") ? method! : "other";
}
