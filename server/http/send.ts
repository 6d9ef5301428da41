import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_BODY_BYTES } from "../../src/domain/limits.ts";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";

/** Bytes that are written before it is asked whether they leave. */
const CHUNK_BYTES = 64 * 1024;
/** Longest time in which nothing of an answer leaves, in ms: on a line of 20 kB/s the buffers of the kernel may ask for
 *  more only every 40 s. */
const STALL_MS = MINUTE_MS;

/** How much is read and thrown away of a request that was answered before its end, in bytes, and for how long, in ms:
 *  its sender may look for the answer only after the last byte, and a connection closed before that is reset, and the
 *  answer lost. */
const MAX_DISCARDED_BYTES = 2 * MAX_BODY_BYTES;
const DISCARD_MS = 30_000;
/** Between two chunks of it, in ms. With the 64 KiB that Node reads at once some 3 MB/s: a body that is thrown away is
 *  worth no more of the server's time. */
const DISCARD_PAUSE_MS = 20;

/** Sends an answer whose status and other headers are set. Returns when it has left the server, or when its connection is
 *  gone: it is destroyed when nothing leaves any more, and after the answer when the request has not come whole. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array,
  { stallMs = STALL_MS }: { stallMs?: number } = {},
): Promise<void> {
  const isWhole = request.complete || !hasBody(request);
  if (!isWhole) response.setHeader("connection", "close");
  if (content.length > 0) response.setHeader("content-length", content.length);
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const leaves = response.write(content.subarray(at, at + CHUNK_BYTES));
    if (!leaves) await untilEvent(response, "drain", stallMs);
    if (response.destroyed) return;
  }
  if (!isWhole) await discard(request);
  const finished = untilEvent(response, "finish", stallMs);
  response.end();
  await finished;
}

/** Waits for an event or the end of the connection, which comes at the latest after `ms`. By plain listeners, because the
 *  signals of `once` cost more than the writing. */
async function untilEvent(response: ServerResponse, event: "drain" | "finish", ms: number): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    const stalled = setTimeout(() => response.destroy(), ms);
    const proceed = () => {
      clearTimeout(stalled);
      response.off(event, proceed).off("close", proceed);
      resolve();
    };
    response.on(event, proceed).on("close", proceed);
  });
}

async function discard(request: IncomingMessage): Promise<void> {
  if (request.destroyed) return;
  await new Promise<void>((resolve) => {
    let length = 0;
    const timer = setTimeout(() => end(), DISCARD_MS);
    let pause: NodeJS.Timeout | undefined;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      request.pause();
      if (length > MAX_DISCARDED_BYTES) end();
      else pause = setTimeout(() => request.resume(), DISCARD_PAUSE_MS);
    };
    const end = () => {
      clearTimeout(timer);
      clearTimeout(pause);
      request.off("data", onData).off("end", end).off("close", end).off("error", end).pause();
      resolve();
    };
    request.on("data", onData).on("end", end).on("close", end).on("error", end).resume();
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
