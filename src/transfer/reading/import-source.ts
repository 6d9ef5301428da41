import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import type { Readable } from "node:stream";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { systemError } from "../../files/system-error.ts";

/** A file that is imported: only read, as often as it takes, and never whole unless it is small. */
export interface ImportSource {
  size: number;
  /** All of it, piece by piece, from the start. */
  pieces(): Iterable<Buffer>;
  /** All of it at once. Throws `invalid_input` where it is larger than `MAX_WHOLE_BYTES`. */
  whole(): Buffer;
  /** What a zip is read by, which need not be small: photos lie beside the entries. */
  at(position: number, length: number): Buffer;
  close(): void;
}

/** Most bytes that are held at once: a file that cannot be read piece by piece, what comes through a pipe, and what
 *  really comes out of a zip. */
export const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

const PIECE_BYTES = 256 * 1024;

/** Opens a plain file. Throws `invalid_input` for a link, a directory, a pipe or a device, for an empty file, and where
 *  there is none. */
export function openImportFile(path: string): ImportSource {
  const descriptor = openPlainFile(path);
  const { size } = fstatSync(descriptor);
  if (size === 0) {
    closeSync(descriptor);
    throw emptyFile();
  }
  const at = (position: number, length: number) => {
    const bytes = Buffer.allocUnsafe(length);
    let read = 0;
    while (read < length) {
      const count = readSync(descriptor, bytes, read, length - read, position + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  };
  return {
    size,
    at,
    *pieces() {
      for (let position = 0; position < size; position += PIECE_BYTES) {
        yield at(position, Math.min(PIECE_BYTES, size - position));
      }
    },
    whole() {
      if (size > MAX_WHOLE_BYTES) throw tooLarge();
      return at(0, size);
    },
    close: () => closeSync(descriptor),
  };
}

/** Reads standard input to its end. Throws `invalid_input` where it is empty or larger than can be held. */
export async function readImportInput(stream: Readable): Promise<ImportSource> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MAX_WHOLE_BYTES) {
      throw new MoodsyncError("invalid_input", "What came through the pipe is larger than 64 MiB.", {
        hint: "Write it to a file and name that: a file can be larger. Nothing was changed.",
      });
    }
    pieces.push(bytes);
  }
  return bytesSource(Buffer.concat(pieces));
}

/** The same for what is in memory. Throws `invalid_input` where that is empty. */
export function bytesSource(bytes: Buffer): ImportSource {
  if (bytes.length === 0) throw emptyFile();
  const at = (position: number, length: number) => bytes.subarray(position, position + length);
  return {
    size: bytes.length,
    at,
    *pieces() {
      for (let position = 0; position < bytes.length; position += PIECE_BYTES)
        yield at(position, PIECE_BYTES);
    },
    whole: () => bytes,
    close() {},
  };
}

/** Without waiting for the other end of a pipe, and without following a link to what was not meant. */
function openPlainFile(path: string): number {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw notAFile("a link");
  let descriptor: number;
  try {
    descriptor = openSync(path, O_RDONLY! | O_NONBLOCK | O_NOFOLLOW);
  } catch (cause) {
    throw openError(cause, path);
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return descriptor;
  closeSync(descriptor);
  if (stats.isDirectory()) throw notAFile("a directory");
  throw notAFile(stats.isFIFO() ? "a pipe" : "a device");
}

function openError(cause: unknown, path: string): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE") {
    return new MoodsyncError("invalid_input", "There is no such file.", {
      hint: "Name the file that the other program exported; `moodsync import -` reads standard input.",
      cause,
    });
  }
  if (code === "ELOOP") return notAFile("a link");
  if (code === "ENXIO") return notAFile("a device");
  return systemError(cause, path) ?? cause;
}

function notAFile(what: string): MoodsyncError {
  return new MoodsyncError("invalid_input", `That is ${what}, not a file.`, {
    hint: "Name the file itself, or pass what is in it to `moodsync import -`. Nothing was changed.",
  });
}

function emptyFile(): MoodsyncError {
  return new MoodsyncError("invalid_input", "The file is empty.", {
    hint: "Export it again from the other program. Nothing was changed.",
  });
}

function tooLarge(): MoodsyncError {
  return new MoodsyncError(
    "invalid_input",
    "The file is larger than 64 MiB, which no export of this kind is.",
    {
      hint: "Look whether it is the right one. Nothing was changed.",
    },
  );
}
