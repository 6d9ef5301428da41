import { fstatSync, writeFileSync } from "node:fs";
import { Writable } from "node:stream";

/** A standard stream as it is written to. */
export type OutputStream = Writable & { isTTY?: boolean; columns?: number; rows?: number };

/** The standard stream, or for a file one whose writes are whole or fail: Node takes a write that a full disk cut short
 *  for a whole one. A failure is an "error" event, and what is written after it is tried again. */
export function wholeOutput(stream: NodeJS.WriteStream & { fd: number }): OutputStream {
  if (stream.isTTY) return stream;
  const stats = fstatSync(stream.fd);
  return stats.isFile() || stats.isCharacterDevice() ? fileOutput(stream.fd) : stream;
}

function fileOutput(descriptor: number): OutputStream {
  const output: Writable = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      try {
        writeFileSync(descriptor, chunk); // writes until all is written
      } catch (error) {
        output.emit("error", error); // handed to `done`, it would end the stream for good
      }
      done();
    },
  });
  return output;
}

/** Watches whether all that is written arrives. The function waits for what is under way and returns the first failure,
 *  or null. A reader that has left, as `head` does, is none. */
export function watchWrites(output: Writable): () => Promise<NodeJS.ErrnoException | null> {
  let failure: NodeJS.ErrnoException | null = null;
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") failure ??= error;
  });
  return async () => {
    await new Promise<void>((done) => output.write("", () => done()));
    return failure;
  };
}

/** The failure of a write to standard output in a few words, and in a sentence that fits where nothing else was done. */
export function unprintedReason({ code }: NodeJS.ErrnoException): string {
  return code === "ENOSPC" ? "there is no space left" : (code ?? "an error");
}

export function unprintedSentence(failure: NodeJS.ErrnoException): string {
  return `The output could not be written (${unprintedReason(failure)}).\n`;
}
