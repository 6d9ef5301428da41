import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type Database from "better-sqlite3";

/** Why a copy is made before moodsync changes much at once. */
export type BackupReason = "before-schema" | "before-resync" | "before-repair";

/** Copies kept of each reason: enough to go back a few times; more would fill the disk, and keep what was deleted. */
const KEPT_COPIES = 5;

/** Writes a copy of the database beside it, in `backups`, and returns its path. The oldest of the same reason go. */
export function backUp(db: Database.Database, file: string, reason: BackupReason): string {
  const directory = join(dirname(file), "backups");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const copy = join(directory, `${basename(file, ".db")}-${time}-${process.pid}-${reason}.db`);
  writeWhole(db, copy);
  removeOldCopies(directory, reason);
  return copy;
}

/** A copy that was cut short must not look like one that can be gone back to, nor push such a one out. */
function writeWhole(db: Database.Database, copy: string): void {
  const draft = `${copy}.new`;
  try {
    db.prepare("vacuum into ?").run(draft);
    renameSync(draft, copy);
  } catch (error) {
    for (const suffix of ["", "-journal"]) rmSync(draft + suffix, { force: true });
    throw error;
  }
}

/** Their names begin with the time, so that the order of names is that of age. */
function removeOldCopies(directory: string, reason: BackupReason): void {
  const copies = readdirSync(directory).filter((name) => name.endsWith(`-${reason}.db`));
  for (const name of copies.sort().slice(0, -KEPT_COPIES)) rmSync(join(directory, name), { force: true });
}
