import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AccountLimits } from "../accounts/account-limits.ts";
import type { Authentication, Caller } from "../auth.ts";
import type { LogFields, ServerLog } from "../observability/log.ts";
import type { RateLimit } from "../rate-limit.ts";
import { checkBodyHeaders, decompressBody, type ReceivedBody, receiveBody } from "./body.ts";
import { type AddressReader, networkOf } from "./client-address.ts";
import type { Connections } from "./connections.ts";
import type { Answer } from "./listen.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";
import { send } from "./send.ts";
import { problemAnswer, type ReadyAnswer, readyAnswer, type Work } from "./work.ts";

export interface RouterOptions {
  routes: readonly Route[];
  /** Has the route of a request with a valid key answer it. Never throws. */
  doWork(work: Work): Promise<ReadyAnswer>;
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
  requestId: string;
  connections: Connections;
  logged: LogFields;
  giveBack: (() => void)[];
}

/** Answers every request: finds its route, checks the key, reads the body, and has the route answer it. */
export function createRouter(options: RouterOptions): Answer {
  return async (request, response, connections) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const logged: LogFields = { requestId, method: knownMethod(request.method) };
    const giveBack: (() => void)[] = [];
    response.setHeader("x-request-id", requestId);
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    const ready = await answer({ request, requestId, connections, logged, giveBack }, options).catch(
      (error: unknown) => problemAnswer(error, requestId, {}),
    );
    response.statusCode = ready.status;
    for (const [name, value] of Object.entries(ready.headers)) response.setHeader(name, value);
    Object.assign(logged, ready.logged);
    logged.status = response.statusCode;
    logged.durationMs = Math.round(performance.now() - startedAt);
    options.count?.(logged);
    options.log[logged.code === "internal" ? "error" : "info"]("request", logged);
    if (options.isDraining()) response.setHeader("connection", "close");
    await send(request, response, ready.content);
    for (const give of giveBack) give();
  };
}

async function answer(exchange: Exchange, options: RouterOptions): Promise<ReadyAnswer> {
  const { request, requestId, connections, logged, giveBack } = exchange;
  const { authentication, accountLimits, addressOf, withoutKey } = options;
  const address = addressOf(request);
  checkHeaders(request);
  const found = findRoute(options.routes, request);
  if (found instanceof Problem || found.route.isPublic) {
    if (!withoutKey.count(networkOf(address))) throw tooManyWithoutKey(withoutKey);
    if (found instanceof Problem) throw found;
  }
  const { route, parameters } = found;
  logged.route = route.path;
  const query = (request.url ?? "").split("?")[1] ?? "";
  if (route.isPublic) {
    const note = (fields: LogFields) => void Object.assign(logged, fields);
    const request = { parameters, query: new URLSearchParams(query), body: undefined, note };
    return { ...readyAnswer(route, await route.answer(request)), logged };
  }

  const { authorization } = request.headers;
  const { checksKey = false } = route;
  const caller = await authentication.authenticate({ authorization, address, isCheckedByWork: checksKey });
  logged.userId = caller.userId;
  giveBack.push(await accountLimits.underWay.take(caller.userId));
  giveBack.push(connections.keep(request, caller.userId));
  const wasWhole = request.complete;
  const received = route.request ? await receive(exchange, options, caller) : null;
  const endWork = await accountLimits.work.take(caller.userId);
  try {
    if (request.socket.destroyed) throw goneBeforeItsTurn();
    // A body may take minutes, in which its key may be revoked.
    if (received && !wasWhole && !checksKey) await authentication.recheck(caller);
    // An account that does not take its answers gets no more of them.
    accountLimits.transfers.take(caller.userId, 0);
    const body = received && (await decompressBody(received));
    const { method, path } = route;
    const work = { requestId, method, path, parameters, query, body, caller };
    const ready = await options.doWork(work);
    if (ready.status === 401) authentication.forget({ authorization });
    giveBack.push(accountLimits.transfers.hold(caller.userId, ready.content.length));
    return ready;
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

/** Its sender hears no answer, and an attacker's work must end with its connection. */
function goneBeforeItsTurn(): Problem {
  return new Problem("request_timeout", "The connection ended before the request had its turn.");
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
  if (!path.includes("{")) return path === asked ? {} : null;
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

/** A method is a text of the sender's. */
function knownMethod(method: string | undefined): string {
  return ["GET", "HEAD", "POST", "PUT", "DELETE"].includes(method ?? "") ? method! : "other";
}
