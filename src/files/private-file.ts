import { closeSync, fstatSync, fsyncSync, openSync, realpathSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { draftOf, removeDraft, removeStaleDrafts, writeDraft } from "./drafts.ts";
import { makePrivateDirectory } from "./private-directory.ts";

/** Writes a file for its owner alone. It appears whole or not at all, also after a power failure; one that is a link
 *  stays a link. Throws what the file system throws. */
export function writePrivateFile(path: string, text: string): void {
  const file = targetOf(path);
  makePrivateDirectory(dirname(file));
  removeStaleDrafts(file);
  const draft = draftOf(file);
  try {
    writeDraft(file, text);
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
}

/** A file ends in so many blanks at least, in whole blocks of the disk, where it is to be written when that is full. */
const ROOM_BYTES = 2048;
const BLOCK_BYTES = 4096;

/** Writes a file as `writePrivateFile` does, with blanks behind the text. Once the disk is full, a text that fits in the
 *  room of the one before is written over it, which takes no other place. */
export function writeWithRoom(path: string, text: string): void {
  const bytes = Buffer.byteLength(text);
  const size = Math.ceil((bytes + ROOM_BYTES) / BLOCK_BYTES) * BLOCK_BYTES;
  try {
    writePrivateFile(path, text + " ".repeat(size - bytes));
  } catch (error) {
    if (!/^(ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    if (!overwrite(path, text)) throw error;
  }
}

/** False where there is no such file, or it is too short for the text. */
function overwrite(path: string, text: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r+");
  } catch {
    return false;
  }
  try {
    const whole = Buffer.alloc(fstatSync(descriptor).size, " ");
    if (Buffer.byteLength(text) > whole.length) return false;
    whole.write(text);
    writeSync(descriptor, whole, 0, whole.length, 0);
    fsyncSync(descriptor);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
