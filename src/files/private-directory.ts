import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { requireTrustedPath } from "./trusted-path.ts";

/** Makes a directory for its owner alone, and those above it that are missing. Throws a `failure` where no directory
 *  can be made at all, or where one is there that is not this user's alone; else what the file system throws.
 *  Node's own `recursive` never ends where the file system says that what is to be made is missing, as /proc does. */
export function makePrivateDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      requireTrustedPath(path);
      return;
    }
    if (code !== "ENOENT") throw error;
    if (existsSync(dirname(path))) throw noPlace(error);
    makePrivateDirectory(dirname(path));
    makePrivateDirectory(path);
  }
}

/** Gives what this user owns a mode that shuts others out. Where the file system has no modes (FAT), or is read-only,
 *  it stays as it is. */
export function closeToOthers(path: string, mode: number): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || (stats.mode & 0o077) === 0 || stats.uid !== process.geteuid?.()) return;
  try {
    chmodSync(path, mode);
  } catch {}
}

function noPlace(cause: unknown): MoodsyncError {
  return new MoodsyncError("failure", "moodsync cannot create the directory for its files.", {
    hint: "Set MOODSYNC_HOME to another directory.",
    cause,
  });
}
