import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { MAX_BODY_DEPTH } from "../../domain/limits.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { passedBound } from "../../domain/protocol/json-bounds.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import { answerError, readProblem } from "./answer-meaning.ts";
import { AnswerTooLarge, BrokenOff, toConnectionFailure } from "./connection-failure.ts";
import { openDeadline } from "./deadline.ts";
import { type EnvironmentProxy, proxyFor } from "./environment-proxy.ts";
import type { ServerConnection } from "./server-connection.ts";

/** One request to the server, without what every request has. */
export interface ServerRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the endpoint, with a leading slash. */
  path: string;
  body?: unknown;
  /** The body is mostly sealed bytes in base64. */
  isSealed?: boolean;
  /** For a request that would do its work twice if it came twice: it is not repeated once it may have arrived, and
   *  this is thrown instead. */
  lostAnswer?: () => MoodsyncError;
  /** Called each time that the whole request has left. */
  onSent?: (() => void) | undefined;
}

/** A complete answer of the server; its meaning is the caller's. */
export interface ServerAnswer {
  status: number;
  /** The parsed JSON body; undefined where the body is not JSON. */
  body: unknown;
  /** Whether an earlier attempt may have arrived, with its answer lost. */
  isRepeated: boolean;
}

export interface HttpClient {
  send(request: ServerRequest): Promise<ServerAnswer>;
  close(): void;
}

export interface HttpClientOptions {
  endpointUrl: string;
  apiKey: string;
  /** Longest time in which nothing goes across, of a request or of its answer. */
  deadlineMs?: number;
  /** Waits between attempts; its length is how often a request is repeated. */
  backoffMs?: readonly number[];
  random?: () => number;
  /** Ends every request and every wait with `interrupted`. */
  signal?: AbortSignal;
  /** Names the proxy, where there is one. */
  env?: Readonly<Record<string, string | undefined>>;
}

const DEADLINE_MS = MINUTE_MS;
const BACKOFF_MS = [300, 1_500];
/** A server that asks for a longer wait is left alone until the next sync. */
const MAX_RETRY_AFTER_MS = 10_000;
/** Beyond what a server can hold: deeper data could be parsed, but not be written again. */
const ANSWER_BOUNDS = { levels: 2 * MAX_BODY_DEPTH, items: Infinity, values: Infinity };
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** What took so long before it broke off would break off again: the caller asks for less. */
const REPEATED_WITHIN_MS = 10_000;
/** A larger body goes out piece by piece, so that it is seen whether it moves, in bytes. */
const PIECE_BYTES = 128 * 1024;

/** What is smaller fits one packet anyway, in bytes. */
const COMPRESSED_FROM_BYTES = 1_400;

/** Answers that say "later", whoever gives them. */
const RETRIED_STATUS = new Set([429, 502, 503, 504]);

/** Talks to one server with one key. Redirects are not followed: they would carry the data elsewhere. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  let opened: ServerConnection | null = null;
  const { endpointUrl, deadlineMs = DEADLINE_MS, backoffMs = BACKOFF_MS, random = Math.random } = options;
  const { signal, env = process.env } = options;
  const isPlain = endpointUrl.startsWith("http:");

  type Attempt = Omit<ServerAnswer, "isRepeated"> & { retryAfterMs: number };

  async function attempt({ method, path, onSent }: ServerRequest, body: RequestBody): Promise<Attempt> {
    const proxy = proxyFor(endpointUrl, env);
    opened ??= await connectionThrough(proxy);
    const deadline = openDeadline(deadlineMs, signal);
    let receivedBytes = 0;
    try {
      const response = await opened.request(new URL(`${endpointUrl}${path}`), {
        method,
        signal: deadline.signal,
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          accept: "application/json",
          ...body?.headers,
        },
        body: body && inPieces(body.bytes, deadline.moved),
        onSent,
      });
      const pieces: Buffer[] = [];
      for await (const piece of response as AsyncIterable<Buffer>) {
        pieces.push(piece);
        receivedBytes += piece.length;
        if (receivedBytes > MAX_ANSWER_BYTES) throw new AnswerTooLarge();
        deadline.moved(piece.length);
      }
      const isJson = /^application\/([\w.-]+\+)?json\b/.test(String(response.headers["content-type"] ?? ""));
      return {
        status: response.statusCode!,
        body: isJson ? parseJson(Buffer.concat(pieces)) : undefined,
        retryAfterMs: Number(response.headers["retry-after"] ?? 0) * 1000 || 0,
      };
    } catch (error) {
      const { aborted: isOver, reason } = deadline.signal;
      if (isOver) giveUpConnection();
      throw toConnectionFailure(isOver ? reason : error, {
        isPlain,
        isProxied: proxy !== null,
        receivedBytes,
      });
    } finally {
      deadline.close();
    }
  }

  /** The next attempt makes a connection of its own. */
  function giveUpConnection(): void {
    opened?.close();
    opened = null;
  }

  return {
    async send(serverRequest) {
      const body = serverRequest.body === undefined ? null : await encodeBody(serverRequest);
      let isRepeated = false;
      for (let tries = 0; ; tries++) {
        const startedAtMs = performance.now();
        const outcome = await attempt(serverRequest, body).catch((error: MoodsyncError) => error);
        const tookMs = performance.now() - startedAtMs;
        if (signal?.aborted) throw interrupted();
        const isInDoubt = mayHaveBeenDone(outcome);
        if (isInDoubt && serverRequest.lostAnswer) throw serverRequest.lostAnswer();
        const failure = outcome instanceof MoodsyncError ? outcome : failureOf(outcome, tookMs);
        if (!failure) return { ...(outcome as Attempt), isRepeated };
        isRepeated ||= isInDoubt;
        const retryAfterMs = outcome instanceof MoodsyncError ? 0 : outcome.retryAfterMs;
        const wait = backoffMs[tries];
        const isTooSlow = failure instanceof BrokenOff && tookMs > REPEATED_WITHIN_MS;
        const isLater = failure.code === "unreachable" && !isTooSlow && retryAfterMs <= MAX_RETRY_AFTER_MS;
        if (wait === undefined || !isLater) throw failure;
        const waitMs = Math.max(wait * (0.5 + random()), retryAfterMs);
        await sleep(waitMs, undefined, { ...(signal ? { signal } : {}) }).catch(() => {
          throw interrupted();
        });
      }
    },
    close: giveUpConnection,
  };
}

/** Node's HTTP is loaded for the first request, so that a screen opens without it. */
async function connectionThrough(proxy: EnvironmentProxy | null): Promise<ServerConnection> {
  const { openConnection } = await import("./server-connection.ts");
  return openConnection(proxy);
}

const compress = promisify(gzip);

/** What is sent; null: nothing. */
type RequestBody = { bytes: Buffer; headers: Record<string, string> } | null;

/** Text of entries shrinks to a fifth and less. Sealed bytes repeat nothing, and a search for repeats takes three times as long
 *  as the coding of their base64, which takes a quarter off. It is done in a thread of its own, at once and not in the usual
 *  pieces of 16 kB, for each of which that thread and this one would wait for each other. */
async function encodeBody({ body, isSealed = false }: ServerRequest): Promise<RequestBody> {
  const json = Buffer.from(JSON.stringify(body));
  const isCompressed = json.length >= COMPRESSED_FROM_BYTES;
  const bytes = isCompressed
    ? await compress(json, isSealed ? { strategy: constants.Z_HUFFMAN_ONLY, chunkSize: json.length } : {})
    : json;
  return {
    bytes,
    headers: {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    },
  };
}

/** A small body goes out in one turn of the event loop, with its head. */
function inPieces(bytes: Buffer, moved: (bytes: number) => void): Buffer | Readable {
  if (bytes.length < PIECE_BYTES) return bytes;
  function* pieces(): Iterable<Buffer> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      yield piece;
      moved(piece.length);
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 1 });
}

/** Why a complete answer is none to go on with; null: it is one. */
function failureOf(answer: Pick<ServerAnswer, "status" | "body">, tookMs: number): MoodsyncError | null {
  if (isCutOff(answer, tookMs)) return new BrokenOff("The line to the server was too slow for the request.");
  return RETRIED_STATUS.has(answer.status) ? answerError(answer) : null;
}

/** A body that came too slowly: 408, and from servers of version 0.1 after 30 s a 400. */
function isCutOff(answer: Pick<ServerAnswer, "status" | "body">, tookMs: number): boolean {
  if (answer.status === 408) return true;
  return tookMs >= SLOW_BODY_MS && readProblem(answer)?.code === "malformed";
}

const SLOW_BODY_MS = 20_000;

/** Whether the server may have done what it was asked although it does not say so: a connection that broke, there or
 *  on the way, tells nothing, and neither does an answer that somebody gave in its place. */
function mayHaveBeenDone(outcome: MoodsyncError | Pick<ServerAnswer, "status" | "body">): boolean {
  if (outcome instanceof MoodsyncError) return outcome instanceof BrokenOff;
  if (readProblem(outcome)?.code === "quota_exceeded") return false;
  const { status } = outcome;
  return status >= 500 || (status < 300 && status !== 204 && outcome.body === undefined);
}

function parseJson(bytes: Uint8Array): unknown {
  if (passedBound(bytes, ANSWER_BOUNDS)) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function interrupted(): MoodsyncError {
  return new MoodsyncError("interrupted", "The sync was stopped before its end; nothing is lost.");
}
