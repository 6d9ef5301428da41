import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import type { LogFields } from "../observability/log.ts";
import { type Connections, watchConnections } from "./connections.ts";
import { paceConnections } from "./paced-connection.ts";
import { refuseConnection } from "./refusal.ts";
import type { TlsFiles } from "./tls.ts";

/** A socket that takes requests. */
export interface Listener {
  /** `http://127.0.0.1:8787`, with the real port. */
  url: string;
  /** Gives connections from now on another certificate; only where it was opened with one. */
  useCertificate(tls: TlsFiles): void;
  /** Takes no more connections, waits for the requests under way, at most `deadlineMs`, then cuts what is left. */
  drain(deadlineMs: number): Promise<void>;
}

const LIMITS = {
  maxHeaderSize: 16 * 1024,
  // Bodies and answers may take as long as they make progress: http/body.ts, http/send.ts.
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
  // How often Node checks for timeouts; its default of 30 s would stretch them to a minute.
  connectionsCheckingInterval: 2_000,
  // Node would answer it with an empty 400; the router answers with a problem body.
  requireHostHeader: false,
};

/** Longest time for a TLS handshake, and for the headers of a request; in ms. */
const BEGIN_TIMEOUT_MS = 10_000;

/** Answers one request; the result is there when the answer has left the server or its connection is gone. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  connections: Connections,
) => Promise<void>;

/** Opens the socket. Throws `failure` when the address is taken, not allowed or not of this machine. */
export async function listen(options: {
  host: string;
  port: number;
  tls: TlsFiles | undefined;
  answer: Answer;
  beginTimeoutMs?: number;
  maxConnections?: number;
  /** Called with the log line of what Node's parser rejected, so that the router never saw it. */
  onRefusal?: (refused: LogFields) => void;
}): Promise<Listener> {
  const { host, port, tls, beginTimeoutMs = BEGIN_TIMEOUT_MS } = options;
  const limits = { ...LIMITS, headersTimeout: beginTimeoutMs };
  const server = tls
    ? createTlsServer({ ...limits, ...tls, handshakeTimeout: beginTimeoutMs })
    : createServer(limits);
  // Node would silently drop the headers beyond, Authorization among them; the router counts them.
  server.maxHeadersCount = 0;
  paceConnections(server);
  const connections = watchConnections(server, options.maxConnections);
  server.on("request", (request, response) => {
    void options.answer(request, response, connections);
  });
  server.on("clientError", (error, socket) => {
    const refused = refuseConnection(error, socket);
    if (refused === null) return;
    const { problem, requestId } = refused;
    options.onRefusal?.({ requestId, method: "other", status: problem.status, code: problem.code });
  });
  await bind(server, host, port);
  const bound = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${tls ? "https" : "http"}://${name}:${bound.port}`,
    useCertificate: (files) => {
      if ("setSecureContext" in server) server.setSecureContext(files);
    },
    drain: (deadlineMs) => drain(server, connections, deadlineMs),
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(bindError(error.code, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function bindError(code: string | undefined, port: number): MoodsyncError {
  if (code === "EADDRINUSE") {
    return new MoodsyncError("failure", `Another program already listens on port ${port}.`, {
      hint: "Stop it, or choose another port with --port; 0 picks a free one.",
    });
  }
  if (code === "EACCES") {
    return new MoodsyncError("failure", `This user may not listen on port ${port}.`, {
      hint: "Choose a port above 1023 with --port.",
    });
  }
  return new MoodsyncError("failure", "The server cannot listen on that address.", {
    hint: "--host must be an address or a name of this machine.",
  });
}

/** After `close` Node no longer enforces its own timeouts, so one silent connection could delay the end for ever. */
async function drain(server: Server, connections: Connections, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => connections.destroyAll(), deadlineMs);
  await closed;
  clearTimeout(deadline);
}
