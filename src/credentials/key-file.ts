import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** The text of a key file, without surrounding space; null when there is none. Refused, as ssh does, where others
 *  than its owner may read it. */
export function readKeyFile(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  if (!stats.isFile()) throw new MoodsyncError("invalid_input", "The key file is not a file.");
  if (process.platform !== "win32" && (stats.mode & 0o077) !== 0) {
    throw new MoodsyncError("unauthorized", "The key file can be read by other users of this machine.", {
      hint: "Run `chmod 600` on it; if somebody may have read it, revoke the key.",
    });
  }
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new MoodsyncError("failure", "The key file cannot be read.", { cause: error });
  }
}

/** Writes a key for its owner alone; the file appears whole or not at all. */
export function writeKeyFile(path: string, key: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, `${key}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

export function deleteKeyFile(path: string): void {
  rmSync(path, { force: true });
}
