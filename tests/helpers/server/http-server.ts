import { randomUUID } from "node:crypto";
import type { BlockList } from "node:net";
import { Writable } from "node:stream";
import type { Quotas } from "../../../server/accounts/quotas.ts";
import { newApiKey } from "../../../server/api-key-secret.ts";
import type { AuthenticationLimits } from "../../../server/auth.ts";
import { insertApiKey } from "../../../server/db/api-keys.ts";
import { insertUser } from "../../../server/db/users.ts";
import { createLog } from "../../../server/observability/log.ts";
import { type RunningServer, startServer } from "../../../server/start.ts";

/** A server in this process, on a port of its own, whose log is kept. */
export interface TestServer extends RunningServer {
  /** Everything logged so far. */
  logText(): string;
  /** A new account and a key of it. */
  newAccount(): Promise<{ userId: string; apiKey: string }>;
}

export async function startTestServer(
  databaseUrl: string,
  options: {
    limits?: AuthenticationLimits;
    tls?: { cert: string; key: string };
    port?: number;
    metrics?: boolean;
    metricsPort?: number;
    quotas?: Quotas;
    trustedProxies?: BlockList;
    withoutKeyPerMinute?: number;
    nowMs?: () => number;
  } = {},
): Promise<TestServer> {
  let logged = "";
  const log = await createLog(
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
  const server = await startServer({
    databaseUrl,
    prepare: true,
    host: "127.0.0.1",
    port: options.port ?? 0,
    tls: options.tls,
    log,
    metrics: options.metrics ?? false,
    metricsPort: options.metricsPort,
    trustedProxies: options.trustedProxies,
    ...(options.nowMs ? { nowMs: options.nowMs } : {}),
    ...(options.withoutKeyPerMinute ? { withoutKeyPerMinute: options.withoutKeyPerMinute } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.quotas ? { quotas: options.quotas } : {}),
  });
  return {
    ...server,
    logText: () => logged,
    newAccount: async () => {
      const userId = randomUUID();
      const { text: apiKey, secretHash } = newApiKey(userId);
      await insertUser(server.db, userId);
      await insertApiKey(server.db, { userId, id: randomUUID(), secretHash, label: null });
      return { userId, apiKey };
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
}

/** One request with a key; `body` is sent as JSON, `raw` as it is. */
export async function send(
  url: string,
  method: string,
  path: string,
  options: {
    apiKey?: string;
    body?: unknown;
    raw?: string | Uint8Array;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const content = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {}),
      ...(content === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    },
    ...(content === undefined ? {} : { body: content as string }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}
