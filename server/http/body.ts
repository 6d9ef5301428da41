import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip as gunzipCallback } from "node:zlib";
import { isDeeperThan } from "../../src/domain/json-depth.ts";
import { MAX_BODY_BYTES, MAX_BODY_DEPTH } from "../../src/domain/limits.ts";
import { Problem } from "./problem.ts";

const gunzip = promisify(gunzipCallback);

/** How much of a body that is too large is read and thrown away, in bytes, so that its sender gets to the answer. */
const MAX_DISCARDED_BYTES = 4 * MAX_BODY_BYTES;

/** Reads the JSON body of a request: at most 8 MiB (after decompression), at most 32 levels deep.
 *  Throws a `Problem`: 400, 413 or 415. Nothing of the body is quoted. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  checkMediaType(request.headers["content-type"]);
  const isCompressed = isGzip(request.headers["content-encoding"]);
  const received = await readBytes(request);
  const bytes = isCompressed ? await decompress(received) : received;
  if (isDeeperThan(bytes, MAX_BODY_DEPTH)) {
    throw new Problem("malformed", `The body must nest at most ${MAX_BODY_DEPTH} levels deep.`);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem("malformed", "The body must be JSON in UTF-8.");
  }
}

function checkMediaType(contentType: string | undefined): void {
  if (/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? "")) return;
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

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // A loop that leaves early would destroy the connection before the answer is sent.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (length > MAX_DISCARDED_BYTES) break;
    }
  } catch {
    throw new Problem("malformed", "The body ended before it was complete.");
  }
  if (length > MAX_BODY_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
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

function tooLarge(): Problem {
  return new Problem("too_large", `The body must have at most ${MAX_BODY_BYTES} bytes, decompressed.`, {
    headers: { connection: "close" },
  });
}
