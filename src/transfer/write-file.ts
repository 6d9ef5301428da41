import { closeSync, existsSync, linkSync, renameSync, writeSync } from "node:fs";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { createDraft, draftOf, flushDraft, removeDraft, removeStaleDrafts } from "../files/drafts.ts";
import { systemError } from "../files/system-error.ts";

/** Writes a file that only its owner can read, whole or not at all: under a temporary name beside it, then renamed.
 *  Throws `invalid_input` when the file is there already and `force` is not set, `failure` when it cannot be
 *  written. */
export function writeOwnFile(file: string, text: string, { force }: { force: boolean }): void {
  removeStaleDrafts(file);
  const draft = draftOf(file);
  try {
    writeDraft(file, text);
    if (force || !linkUnlessTaken(draft, file)) renameSync(draft, file);
  } catch (error) {
    throw toFileError(error, file);
  } finally {
    removeDraft(draft);
  }
}

/** Unlike a rename a link fails when the name is taken. False where the file system knows no links and the name is
 *  free. */
function linkUnlessTaken(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(file)) throw error;
    return false;
  }
}

function writeDraft(file: string, text: string): void {
  const descriptor = createDraft(file);
  try {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function toFileError(cause: unknown, file: string): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === "EEXIST" && syscall !== "open") {
    return new MoodsyncError("invalid_input", "A file of that name is there already.", {
      hint: "Name another one, or add --force to replace it.",
      cause,
    });
  }
  if (code === "ENOENT") {
    return new MoodsyncError("failure", "The directory of the file does not exist.", { cause });
  }
  return systemError(cause, file) ?? cause;
}
