import { closeSync, existsSync, linkSync, lstatSync, renameSync, writeFileSync } from "node:fs";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { createDraft, draftOf, flushDraft, removeDraft, removeStaleDrafts } from "../files/drafts.ts";
import { systemError } from "../files/system-error.ts";
import { type Home, isOwnFile } from "../local/storage/home.ts";

interface Options {
  /** Replaces a file of that name. `never`: nor has the command an option to do so. */
  force: boolean | "never";
  home: Home;
}

/** What a file is written from, piece by piece. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Writes a file of these pieces that only its owner can read, whole or not at all. Throws as `placeOwnFile` does. */
export function writeOwnFile(file: string, pieces: Pieces, options: Options): Promise<void> {
  return placeOwnFile(file, options, () => writePieces(file, pieces));
}

/** Gives a file its name once `fill` has written its draft (`draftOf(file)`), whole and on the disk; whatever goes wrong,
 *  nothing is left. Throws `invalid_input` when the file is there already and `force` is not set, and always for a link, a
 *  device or another thing that is no file, and for a file in which moodsync keeps something itself; `failure` when it
 *  cannot be written. */
export async function placeOwnFile(
  file: string,
  { force, home }: Options,
  fill: () => void | Promise<void>,
): Promise<void> {
  requireReplaceable(file, home);
  const isReplaced = force === true;
  if (!isReplaced && existsSync(file)) throw taken(force);
  removeStaleDrafts(file);
  const draft = draftOf(file);
  try {
    await fill();
    if (isReplaced || !linkUnlessTaken(draft, file)) renameSync(draft, file);
  } catch (error) {
    throw toFileError(error, file, force);
  } finally {
    removeDraft(draft);
  }
}

async function writePieces(file: string, pieces: Pieces): Promise<void> {
  const descriptor = createDraft(file);
  try {
    for await (const piece of pieces) writeFileSync(descriptor, piece);
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
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
    hint: "Name another one.",
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

function toFileError(cause: unknown, file: string, force: Options["force"]): unknown {
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code === "EEXIST" && syscall !== "open") return taken(force, cause);
  if (code === "ENOENT") {
    return new MoodsyncError("failure", "The directory of the file does not exist.", { cause });
  }
  return systemError(cause, file) ?? cause;
}

function taken(force: Options["force"], cause?: unknown): MoodsyncError {
  return new MoodsyncError("invalid_input", "There is already a file of that name.", {
    hint: force === "never" ? "Name another one." : "Name another one, or add --force to replace it.",
    cause,
  });
}
