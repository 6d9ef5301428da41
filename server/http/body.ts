import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip as gunzipCallback } from "node:zlib";
import { MAX_BODY_BYTES, MAX_BODY_DEPTH, MAX_BODY_ITEMS, MAX_BODY_VALUES } from "../../src/domain/limits.ts";
import { type JsonBounds, passedBound } from "../../src/domain/protocol/json-bounds.ts";
import { giveWay } from "./give-way.ts";
import { Problem } from "./problem.ts";

const gunzip = promisify(gunzipCallback);

/** The slowest body that is waited for, in bytes a second: below the slowest mobile line. */
const MIN_BYTES_PER_S = 1_000;
/** How often that is checked, in ms: nothing of a body may arrive for as long. */
const PROGRESS_MS = 30_000;

/** A body as it came, and how to read it. */
export interface ReceivedBody {
  bytes: Buffer;
  isCompressed: boolean;
}

/** What the body of a request can take of memory before it is known, in bytes. Throws a `Problem`, 413 or 415, for one
 *  that would get the same answer at its end. */
export function checkBodyHeaders({ headers }: IncomingMessage): { maxBytes: number } {
  checkMediaType(headers["content-type"]);
  isGzip(headers["content-encoding"]);
  const length = Number(headers["content-length"] ?? MAX_BODY_BYTES);
  if (length > MAX_BODY_BYTES) throw tooLarge();
  return { maxBytes: length };
}

/** Receives a body of at most 8 MiB, for as long as it comes on at {@link MIN_BYTES_PER_S}. Throws a `Problem`, 408 or
 *  413, and then leaves the rest of the body unread. */
export async function receiveBody(
  request: IncomingMessage,
  { progressMs = PROGRESS_MS }: { progressMs?: number } = {},
): Promise<ReceivedBody> {
  const isCompressed = isGzip(request.headers["content-encoding"]);
  const chunks: Buffer[] = [];
  let length = 0;
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    let lengthBefore = 0;
    const progress = setInterval(() => {
      const expected = (MIN_BYTES_PER_S * progressMs) / 1_000;
      if (length - lengthBefore < expected) end(() => reject(incomplete("The body arrives too slowly.")));
      lengthBefore = length;
    }, progressMs);
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY_BYTES) end(() => reject(tooLarge()));
      else chunks.push(chunk);
    };
    const onEnd = () => end(() => resolve(Buffer.concat(chunks)));
    const onClose = () => end(() => reject(incomplete("The body ended before it was complete.")));
    const end = (report: () => void) => {
      clearInterval(progress);
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose).pause();
      report();
    };
    if (request.destroyed) onClose();
    else request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
  return { bytes, isCompressed };
}

const BODY_BOUNDS: JsonBounds = { levels: MAX_BODY_DEPTH, items: MAX_BODY_ITEMS, values: MAX_BODY_VALUES };
const BODY_RULES: Record<keyof JsonBounds, string> = {
  levels: `The body must nest at most ${MAX_BODY_DEPTH} levels deep.`,
  items: `A list or an object of the body must have at most ${MAX_BODY_ITEMS} items.`,
  values: `The body must have at most ${MAX_BODY_VALUES} items and fields.`,
};

/** The bytes of a body, at most 8 MiB after decompression. Throws a `Problem`, 400 or 413. */
export async function decompressBody({ bytes, isCompressed }: ReceivedBody): Promise<Buffer> {
  return isCompressed ? decompress(bytes) : bytes;
}

/** The JSON of a body: at most 32 levels deep, and with no more items and fields than an upload can need. Throws a
 *  `Problem`, 400. Nothing of the body is quoted. */
export async function parseJson(bytes: Uint8Array): Promise<unknown> {
  await giveWay();
  const passed = passedBound(bytes, BODY_BOUNDS);
  if (passed) throw new Problem("malformed", BODY_RULES[passed]);
  await giveWay();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem("malformed", "The body must be JSON in UTF-8.");
  }
}

function checkMediaType(contentType: string | undefined): void {
  const [type, charset, ...others] = (contentType ?? "").split(";").map((part) => part.trim());
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/i.test(charset);
  if (/^application\/json$/i.test(type ?? "") && isUtf8 && others.length === 0) return;
  throw new Problem("unsupported_media_type", "The content type must be application/json in UTF-8.");
}

function isGzip(contentEncoding: string | undefined): boolean {
  const encoding = contentEncoding?.toLowerCase() ?? "identity";
  if (encoding === "gzip") return true;
  if (encoding === "identity") return false;
  throw new Problem("unsupported_media_type", "The content encoding must be gzip or none.", {
    headers: { "accept-encoding": "gzip" },
  });
}

/** Stops at the limit, so a small body cannot become a large one in memory. */
async function decompress(compressed: Buffer): Promise<Buffer> {
  try {
    return await gunzip(compressed, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new Problem("malformed", "The body must be valid gzip.");
  }
}

function incomplete(detail: string): Problem {
  return new Problem("request_timeout", detail);
}

function tooLarge(): Problem {
  return new Problem("too_large", `The body must have at most ${MAX_BODY_BYTES} bytes, decompressed.`);
}
