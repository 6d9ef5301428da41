import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { MoodsyncError } from "../src/domain/moodsync-error.ts";
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
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Node looks for timeouts this often; its default of 30 s would stretch them to a minute.
  connectionsCheckingInterval: 2_000,
};

/** Opens the socket. Throws `failure` when the address is taken, not allowed or not of this machine. */
export async function listen(options: {
  host: string;
  port: number;
  tls: TlsFiles | undefined;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}): Promise<Listener> {
  const { host, port, tls } = options;
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void options.answer(request, response);
  const server = tls ? createTlsServer({ ...LIMITS, ...tls }, answer) : createServer(LIMITS, answer);
  server.maxHeadersCount = 100;
  server.on("clientError", answerClientError);
  await bind(server, host, port);
  const bound = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${tls ? "https" : "http"}://${name}:${bound.port}`,
    useCertificate: (files) => {
      if ("setSecureContext" in server) server.setSecureContext(files);
    },
    drain: (deadlineMs) => drain(server, deadlineMs),
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

/** What Node itself refuses before there is a request: headers that are too large or no HTTP at all. */
function answerClientError(error: NodeJS.ErrnoException, socket: import("node:stream").Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title, code] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? [431, "Request Header Fields Too Large", "headers_too_large"]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? [408, "Request Timeout", "malformed"]
        : [400, "Bad Request", "malformed"];
  const body = JSON.stringify({
    type: "about:blank",
    title,
    status,
    code,
    detail: "The request cannot be read.",
  });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** After `close` Node no longer enforces its own timeouts, so one silent connection could hold the end up for ever. */
async function drain(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearTimeout(deadline);
}
