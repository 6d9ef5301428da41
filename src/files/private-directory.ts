import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Makes a directory for its owner alone, and those above it that are missing. Throws a `failure` where no directory
 *  can be made at all, else what the file system throws.
 *  Node's own `recursive` never ends where the file system says that what is to be made is missing, as /proc does. */
export function makePrivateDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    if (code !== "ENOENT") throw error;
    if (existsSync(dirname(path))) throw noPlace(error);
    makePrivateDirectory(dirname(path));
    makePrivateDirectory(path);
  }
}

function noPlace(cause: unknown): MoodsyncError {
  return new MoodsyncError("failure", "No directory can be made where moodsync should keep its files.", {
    hint: "Set MOODSYNC_HOME to another directory.",
    cause,
  });
}
