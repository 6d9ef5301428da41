import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import {
  type ClientRequestArgs,
  type IncomingMessage,
  Agent as PlainAgent,
  request as requestPlain,
} from "node:http";
import { type AgentOptions, request as requestSecure, Agent as SecureAgent } from "node:https";
import { isIP, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { connect as startTls, type TLSSocket } from "node:tls";
import { ConnectTimeout, ProxyRefusal } from "./connection-failure.ts";
import type { EnvironmentProxy } from "./environment-proxy.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/** The connection to one server, directly or through a proxy: made for the first request, kept for those that follow. */
export interface ServerConnection {
  /** Resolves with the head of the answer; its body is to be read, or destroyed. Rejects with whatever Node says. */
  request(url: URL, options: RequestOptions): Promise<IncomingMessage>;
  /** Ends what is under way. */
  close(): void;
}

interface RequestOptions {
  method: string;
  headers: Readonly<Record<string, string>>;
  /** Ends the request, wherever it is. */
  signal: AbortSignal;
  /** Null: none. */
  body: Buffer | Readable | null;
  /** Called when the kernel has all of it. */
  onSent?: (() => void) | undefined;
}

export function openConnection(proxy: EnvironmentProxy | null): ServerConnection {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED; // Node would print that certificates are not checked, but they are
  const kept = { keepAlive: true, maxSockets: 1 }; // a request that follows an answer at once would open a second one
  const plain = new PlainAgent(kept);
  const secure = proxy ? new ProxiedAgent(proxy, kept) : new SecureAgent(kept);
  return {
    request(url, { body, onSent, ...options }) {
      const isPlain = url.protocol === "http:";
      const request = (isPlain ? requestPlain : requestSecure)(url, {
        ...options,
        agent: isPlain ? plain : secure,
        lookup: lookUp,
        rejectUnauthorized: true, // NODE_TLS_REJECT_UNAUTHORIZED, left in a profile for another program, would switch it off
      });
      if (onSent) request.on("finish", onSent);
      request.on("socket", (socket) => endUnlessOpen(socket, (error) => request.destroy(error)));
      const answer = new Promise<IncomingMessage>((resolve, reject) => {
        request.on("error", reject); // for good: the rest of a body can fail after its answer
        request.on("response", (response) => {
          // A server that answers early may not take the rest, and the next request would wait for that.
          response.on("close", () => request.writableFinished || request.destroy());
          resolve(response);
        });
      });
      if (body === null || Buffer.isBuffer(body)) request.end(body ?? undefined);
      else body.pipe(request);
      return answer;
    },
    close() {
      for (const agent of [plain, secure]) agent.destroy();
    },
  };
}

/** Ends a connection that takes too long to open. One that is kept is open. */
function endUnlessOpen(socket: Socket, end: (error: Error) => void): void {
  const { encrypted = false, secureConnecting = false } = socket as Partial<TLSSocket> & {
    secureConnecting?: boolean;
  };
  if (!socket.connecting && !secureConnecting) return;
  const timer = setTimeout(() => end(new ConnectTimeout()), CONNECT_TIMEOUT_MS);
  const stop = () => clearTimeout(timer);
  socket.once(encrypted ? "secureConnect" : "connect", stop).once("close", stop);
}

/** Has a proxy make each connection, and speaks TLS with the server through it. */
class ProxiedAgent extends SecureAgent {
  readonly #proxy: EnvironmentProxy;

  constructor(proxy: EnvironmentProxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection({ host, port }: ClientRequestArgs, callback?: unknown): undefined {
    const created = callback as (error: Error | null, socket?: TLSSocket) => void;
    const tls = { host: host!, servername: isIP(host!) ? "" : host!, rejectUnauthorized: true };
    askProxy(this.#proxy, `${isIP(host!) === 6 ? `[${host}]` : host}:${port}`).then(
      (socket) => created(null, startTls({ ...tls, socket })),
      (error) => created(error),
    );
  }
}

/** A connection to a server by CONNECT (RFC 9110, section 9.3.6). */
function askProxy({ url, authorization }: EnvironmentProxy, server: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https:") ? requestSecure : requestPlain)(url, {
      method: "CONNECT",
      path: server,
      headers: { host: server, ...(authorization ? { "proxy-authorization": authorization } : {}) },
      agent: false,
      rejectUnauthorized: true,
    });
    const timer = setTimeout(() => request.destroy(new ConnectTimeout()), CONNECT_TIMEOUT_MS);
    request.on("error", reject).on("close", () => clearTimeout(timer));
    request.on("connect", ({ statusCode = 0 }, socket: Socket) => {
      clearTimeout(timer);
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new ProxyRefusal(statusCode));
    });
    request.end();
  });
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

const LOOPBACK: LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/** `localhost` is this machine, whatever a name server says of it (RFC 6761, section 6.3): to it the key goes without
 *  encryption. */
function lookUp(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  if (hostname !== "localhost" && !hostname.endsWith(".localhost")) lookup(hostname, options, callback);
  else if (options.all) callback(null, LOOPBACK);
  else callback(null, LOOPBACK[0]!.address, LOOPBACK[0]!.family);
}
