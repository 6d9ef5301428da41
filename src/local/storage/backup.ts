import { closeSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { createDraft, draftOf, flushDraft, removeDraft, removeStaleDrafts } from "../../files/drafts.ts";
import { makePrivateDirectory } from "../../files/private-directory.ts";

/** Why a copy is made before moodsync changes much at once. */
export type BackupReason = "before-schema" | "before-resync" | "before-repair";

/** Copies kept of each reason: enough to go back a few times; more would fill the disk, and keep what was deleted. */
const KEPT_COPIES = 5;

/** Writes a copy of the database beside it, in `backups`, and returns its path. The oldest of the same reason go. */
export function backUp(db: Database.Database, file: string, reason: BackupReason): string {
  const directory = backupDirectory(file);
  makePrivateDirectory(directory);
  removeStaleBackupDrafts(file);
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const copy = join(directory, `${basename(file, ".db")}-${time}-${process.pid}-${reason}.db`);
  writeWhole(db, { copy, drafted: draftedFile(file) });
  removeOldCopies(directory, reason);
  return copy;
}

/** Removes what is left of copies whose process died while it made them. */
export function removeStaleBackupDrafts(file: string): void {
  removeStaleDrafts(draftedFile(file));
}

function backupDirectory(file: string): string {
  return join(dirname(file), "backups");
}

/** What drafts are named after; the copies' own names hold a time, and would not be known again. */
function draftedFile(file: string): string {
  return join(backupDirectory(file), basename(file));
}

/** The copy gets its name only when it is whole: one that was cut short must neither be restored nor push out an older
 *  whole one. */
function writeWhole(db: Database.Database, { copy, drafted }: { copy: string; drafted: string }): void {
  const draft = draftOf(drafted);
  try {
    closeSync(createDraft(drafted)); // SQLite writes into an empty file, but would follow a link
    db.prepare("vacuum into ?").run(draft);
    moveToDisk(draft);
    renameSync(draft, copy);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
}

/** Flushes the copy to the disk: SQLite does not do so after `vacuum into`. */
function moveToDisk(path: string): void {
  const descriptor = openSync(path, "r+");
  try {
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Their names begin with the time, so that the order of names is that of age. */
function removeOldCopies(directory: string, reason: BackupReason): void {
  const copies = readdirSync(directory).filter((name) => name.endsWith(`-${reason}.db`));
  for (const name of copies.sort().slice(0, -KEPT_COPIES)) rmSync(join(directory, name), { force: true });
}
