import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { makePrivateDirectory } from "./private-directory.ts";
import { writePrivateFile } from "./private-file.ts";

/** More than any text that can be stored, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** Creates a file that an editor works on, for its owner alone. Throws EEXIST where there is one. */
export function createEditorDraft(path: string, text: string): void {
  makePrivateDirectory(dirname(path));
  const descriptor = openSync(path, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a draft anew, whole or not at all. */
export function replaceEditorDraft(path: string, text: string): void {
  writePrivateFile(path, `${text}\n`);
}

/** What the file holds now, without the newlines at its end that editors add; null where there is none. Throws
 *  `invalid_input` for what is no UTF-8 and for more than 1 MiB. */
export function readEditorDraft(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  if (stats.size > MAX_BYTES) throw new MoodsyncError("invalid_input", "The text is longer than 1 MiB.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)).trimEnd();
  } catch (cause) {
    throw new MoodsyncError("invalid_input", "The text is not valid UTF-8.", { cause });
  }
}

/** The same, and it counts as written now, so that it is not too old by the time that it is stored. */
export function takeUpEditorDraft(path: string): string | null {
  const text = readEditorDraft(path);
  const now = new Date();
  if (text !== null) utimesSync(path, now, now);
  return text;
}

export function removeEditorDraft(path: string): void {
  rmSync(path, { force: true });
}
