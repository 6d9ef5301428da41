import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "undici";
import { isDeeperThan } from "../domain/json-depth.ts";
import { MAX_BODY_DEPTH } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { openDeadline } from "./deadline.ts";

/** One request to the server, without what every request has. */
export interface ServerRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the endpoint, with a leading slash. */
  path: string;
  body?: unknown;
  /** For a request that would do its work twice if it came twice: it is not repeated once it may have arrived, and
   *  this is thrown instead. */
  lostAnswer?: () => MoodsyncError;
}

/** A complete answer of the server; its meaning is the caller's. */
export interface ServerAnswer {
  status: number;
  /** The parsed JSON body; undefined where the body is not JSON. */
  body: unknown;
  /** Whether an earlier attempt may have arrived, with its answer lost. */
  isRepeated: boolean;
}

/** An answer of more than 32 MiB, which is not read to its end. */
export class AnswerTooLarge extends MoodsyncError {
  constructor(cause: unknown) {
    super("failure", "The server's answer is too large; nothing of it was stored.", { cause });
  }
}

export interface HttpClient {
  send(request: ServerRequest): Promise<ServerAnswer>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  endpointUrl: string;
  apiKey: string;
  /** Longest time for one request, from connecting to the last byte of the answer. */
  deadlineMs?: number;
  /** Waits between attempts; its length is how often a request is repeated. */
  backoffMs?: readonly number[];
  random?: () => number;
  /** Ends every request and every wait with `interrupted`. */
  signal?: AbortSignal;
}

const DEADLINE_MS = 60_000;
const BACKOFF_MS = [300, 1_500];
/** A server that asks for a longer wait is left alone until the next sync. */
const MAX_RETRY_AFTER_MS = 10_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Beyond what a server can hold: deeper data could be parsed, but not be written again. */
const MAX_ANSWER_DEPTH = 2 * MAX_BODY_DEPTH;
const CONNECT_TIMEOUT_MS = 10_000;

/** Answers that say "later". */
const RETRIED_STATUS = new Set([429, 502, 503, 504]);
/** Failures before anything was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Talks to one server with one key. Redirects are not followed: they would carry the data elsewhere. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  let opened: Promise<Agent> | null = null;
  const { deadlineMs = DEADLINE_MS, backoffMs = BACKOFF_MS, random = Math.random, signal } = options;

  type Attempt = Omit<ServerAnswer, "isRepeated"> & { retryAfterMs: number };

  async function attempt(request: ServerRequest): Promise<Attempt> {
    const deadline = openDeadline(deadlineMs, signal);
    try {
      return await exchange(request, deadline.signal);
    } finally {
      deadline.close();
    }
  }

  async function exchange({ method, path, body }: ServerRequest, end: AbortSignal): Promise<Attempt> {
    const { origin, pathname, search } = new URL(`${options.endpointUrl}${path}`);
    opened ??= openAgent();
    const response = await (await opened).request({
      origin,
      path: `${pathname}${search}`,
      method,
      signal: end,
      headers: {
        authorization: `Bearer ${options.apiKey}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const bytes = await response.body.bytes();
    const isJson = /^application\/([\w.-]+\+)?json\b/.test(String(response.headers["content-type"] ?? ""));
    return {
      status: response.statusCode,
      body: isJson ? parseJson(bytes) : undefined,
      retryAfterMs: Number(response.headers["retry-after"] ?? 0) * 1000 || 0,
    };
  }

  return {
    async send(serverRequest) {
      let isRepeated = false;
      for (let tries = 0; ; tries++) {
        const answer = await attempt(serverRequest).catch(toFailure);
        if (signal?.aborted) throw interrupted();
        const isInDoubt = mayHaveBeenDone(answer);
        if (isInDoubt && serverRequest.lostAnswer) throw serverRequest.lostAnswer();
        if (!(answer instanceof MoodsyncError) && !RETRIED_STATUS.has(answer.status)) {
          return { ...answer, isRepeated };
        }
        isRepeated ||= isInDoubt;
        const failure = answer instanceof MoodsyncError ? answer : notNow(answer.status);
        const retryAfterMs = answer instanceof MoodsyncError ? 0 : answer.retryAfterMs;
        const wait = backoffMs[tries];
        if (wait === undefined || failure.code !== "unreachable" || retryAfterMs > MAX_RETRY_AFTER_MS)
          throw failure;
        const waitMs = Math.max(wait * (0.5 + random()), retryAfterMs);
        await sleep(waitMs, undefined, { ...(signal ? { signal } : {}) }).catch(() => {
          throw interrupted();
        });
      }
    },
    close: async () => (await opened)?.destroy(),
  };
}

/** undici is loaded for the first request, so that a screen opens without it. */
async function openAgent(): Promise<Agent> {
  const { default: undici } = await import("undici");
  return new undici.Agent({
    connections: 1, // a request that follows an answer at once would open a second one
    connect: { timeout: CONNECT_TIMEOUT_MS },
    maxResponseSize: MAX_ANSWER_BYTES,
  });
}

/** Whether the server may have done what it was asked although it does not say so: a connection that broke, there or
 *  on the way, tells nothing. */
function mayHaveBeenDone(answer: MoodsyncError | { status: number }): boolean {
  if (!(answer instanceof MoodsyncError)) return answer.status >= 500;
  const { code } = (answer.cause ?? {}) as { code?: string };
  return answer.code === "unreachable" && !NOT_SENT.has(code ?? "");
}

function parseJson(bytes: Uint8Array): unknown {
  if (isDeeperThan(bytes, MAX_ANSWER_DEPTH)) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function interrupted(): MoodsyncError {
  return new MoodsyncError("interrupted", "The sync was stopped before its end; nothing is lost.");
}

function notNow(status: number): MoodsyncError {
  const busy =
    status === 429 ? "The server asks for fewer requests." : "The server cannot answer at the moment.";
  return new MoodsyncError("unreachable", busy, { hint: "Everything is kept here; try again later." });
}

/** undici's own messages may quote the URL or a header, so every failure becomes one of these sentences. */
function toFailure(error: unknown): MoodsyncError {
  if (error instanceof MoodsyncError) return error;
  const { code = "", name = "" } = error as { code?: string; name?: string };
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|EPROTO|ERR_SSL/.test(code)) {
    return new MoodsyncError("failure", "The server's certificate cannot be trusted, so nothing was sent.", {
      hint: "For a certificate of your own, set NODE_EXTRA_CA_CERTS to its authority; see docs/self-hosting.md.",
      cause: error,
    });
  }
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return new AnswerTooLarge(error);
  const sentence =
    name === "TimeoutError" || name === "AbortError"
      ? "The server did not answer in time."
      : code === "ECONNREFUSED"
        ? "The server is not running, or not at this address."
        : code === "ENOTFOUND" || code === "EAI_AGAIN"
          ? "The server's name is not known to the network."
          : "The connection to the server failed.";
  return new MoodsyncError("unreachable", sentence, {
    hint: "Everything is kept here; try again later.",
    cause: error,
  });
}
