import { existsSync, linkSync, lstatSync, renameSync } from "node:fs";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { draftOf, removeDraft, removeStaleDrafts, writeDraft } from "../files/drafts.ts";
import { systemError } from "../files/system-error.ts";
import { type Home, isOwnFile } from "../local/storage/home.ts";

/** Writes a file of these pieces of text that only its owner can read, whole or not at all: under a temporary name beside it, then renamed.
 *  Throws `invalid_input` when the file is there already and `force` is not set, and always for a link, a device or
 *  another thing that is no file, and for a file in which moodsync keeps something itself; `failure` when it cannot be
 *  written. */
export function writeOwnFile(
  file: string,
  pieces: Iterable<string>,
  { force, home }: { force: boolean; home: Home },
): void {
  requireReplaceable(file, home);
  removeStaleDrafts(file);
  const draft = draftOf(file);
  try {
    writeDraft(file, pieces);
    if (force || !linkUnlessTaken(draft, file)) renameSync(draft, file);
  } catch (error) {
    throw toFileError(error, file);
  } finally {
    removeDraft(draft);
  }
}

function requireReplaceable(file: string, home: Home): void {
  if (isOwnFile(home, file)) {
    throw new MoodsyncError(
      "invalid_input",
      "moodsync keeps something of its own in that file or directory.",
      {
        hint: "Name another one.",
      },
    );
  }
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats || stats.isFile()) return;
  throw new MoodsyncError("invalid_input", "That is a link, a directory or a device, not a file.", {
    hint: "Name another one; `-o -` writes to standard output.",
  });
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

function toFileError(cause: unknown, file: string): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === "EEXIST" && syscall !== "open") {
    return new MoodsyncError("invalid_input", "There is already a file of that name.", {
      hint: "Name another one, or add --force to replace it.",
      cause,
    });
  }
  if (code === "ENOENT") {
    return new MoodsyncError("failure", "The directory of the file does not exist.", { cause });
  }
  return systemError(cause, file) ?? cause;
}
