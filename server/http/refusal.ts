import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { Problem, problemBody } from "./problem.ts";

/** Longest time that a refused connection is read on, in ms, so that its sender can read the answer: a socket that is
 *  destroyed while data comes in resets the connection, and the answer is lost with it. */
const LINGER_MS = 3_000;

/** Answers what Node's parser rejects before there is a request (headers that are too large or too slow, or no HTTP at
 *  all), and ends the connection in any case, also where the other side neither reads nor closes. Returns the problem
 *  that was answered, and null where none could be: an error of TLS, or a connection that is gone. */
export function refuseConnection(
  error: NodeJS.ErrnoException,
  socket: Duplex,
): { problem: Problem; requestId: string } | null {
  const problem = toProblem(error.code ?? "");
  if (problem === null || !socket.writable) {
    // What comes in while it lingers is refused again; the first refusal ends the connection.
    if (!socket.writableEnded) socket.destroy();
    return null;
  }
  const requestId = randomUUID();
  const body = JSON.stringify(problemBody(problem, requestId));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("end", () => socket.destroy());
  socket.once("close", () => clearTimeout(linger));
  return { problem, requestId };
}

function toProblem(code: string): Problem | null {
  if (code === "HPE_HEADER_OVERFLOW") return new Problem("headers_too_large", "The headers are too large.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new Problem("request_timeout", "The headers did not arrive in time.");
  }
  return code.startsWith("HPE_") ? new Problem("malformed", "The request cannot be read.") : null;
}
