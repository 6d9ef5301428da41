import type { Readable } from "node:stream";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** More than any text that can be stored, in bytes; reading stops there. */
const MAX_BYTES = 1024 * 1024;

/** All of a stream as text, without the one newline that `echo` adds. Throws `invalid_input` when it is not UTF-8
 *  or longer than 1 MiB. */
export async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_BYTES) {
      throw new MoodsyncError("invalid_input", "The text on standard input is longer than 1 MiB.");
    }
    chunks.push(buffer);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)).replace(/\r?\n$/, "");
  } catch (cause) {
    throw new MoodsyncError("invalid_input", "The text on standard input is not valid UTF-8.", { cause });
  }
}
