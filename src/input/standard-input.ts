import type { Readable } from "node:stream";
import { isatty } from "node:tty";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** More than any text that can be stored, in bytes; reading stops there. */
const MAX_BYTES = 1024 * 1024;

/** All of a stream as text, without the one newline that `echo` adds. Throws `invalid_input` when it is not UTF-8
 *  or longer than 1 MiB, and `interrupted` when it is a terminal that went away over it. */
export async function readText(stream: Readable & { isTTY?: boolean; fd?: number }): Promise<string> {
  const bytes = await readBytes(stream).catch((error) => {
    throw isGone(stream) ? interrupted() : error;
  });
  if (isGone(stream)) throw interrupted();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch (cause) {
    throw new MoodsyncError("invalid_input", "The text on standard input is not valid UTF-8.", { cause });
  }
}

async function readBytes(stream: Readable): Promise<Buffer> {
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
  return Buffer.concat(chunks);
}

/** A window that was closed ends the text as Ctrl-D does, but it may not be whole. */
function isGone({ isTTY, fd }: { isTTY?: boolean; fd?: number }): boolean {
  return isTTY === true && fd !== undefined && !isatty(fd);
}

function interrupted(): MoodsyncError {
  return new MoodsyncError("interrupted", "The terminal was closed before the text was complete.");
}
