import { closeSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isProcessAlive } from "./process-alive.ts";

/** SQLite's working files are parts of a draft, too. */
const DRAFT = /^\.(\d+)\.new(-wal|-shm|-journal)?$/;

/** Where this process writes what shall appear under `path` whole or not at all. The name tells whose it is. */
export function draftOf(path: string): string {
  return `${path}.${process.pid}.new`;
}

/** Creates the draft of `path`, empty and for its owner alone, and returns its descriptor. One that lies there is not
 *  taken over, because its maker may read on in it: it goes, and where it cannot this throws EEXIST. */
export function createDraft(path: string): number {
  const draft = draftOf(path);
  removeDraft(draft);
  return openSync(draft, "wx", 0o600);
}

/** Creates the draft of `path` with this text, or with these pieces of it one after the other, and waits until it is on
 *  the disk. */
export function writeDraft(path: string, text: string | Iterable<string>): void {
  const descriptor = createDraft(path);
  try {
    for (const piece of typeof text === "string" ? [text] : text) writeFileSync(descriptor, piece);
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Waits until what was written is on the disk. A file system that cannot say so (some of FUSE) keeps nobody from
 *  writing. */
export function flushDraft(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!/^(EINVAL|ENOSYS|ENOTSUP|EOPNOTSUPP)$/.test((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
  }
}

/** Removes the drafts of `path` that processes left which died over them: they hold private data, and nobody asks for
 *  them again. Called before this process begins one of its own, so one with its number is an earlier process's.
 *  What cannot be removed stays for the next time. */
export function removeStaleDrafts(path: string): void {
  for (const name of listDirectory(dirname(path))) {
    if (!name.startsWith(basename(path))) continue;
    const [, pid] = DRAFT.exec(name.slice(basename(path).length)) ?? [];
    if (pid !== undefined && !isWriting(Number(pid))) removeDraft(join(dirname(path), name));
  }
}

/** Removes a draft and what SQLite put beside it; none that is there is fine. */
export function removeDraft(draft: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    try {
      rmSync(draft + suffix, { force: true });
    } catch {
      // Whoever comes next tries again.
    }
  }
}

function isWriting(pid: number): boolean {
  return pid !== process.pid && isProcessAlive(pid);
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
