import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { createDraft, draftOf, flushDraft, removeDraft, removeStaleDrafts } from "../../files/drafts.ts";
import { openSqlite } from "../../files/open-sqlite.ts";
import { makePrivateDirectory } from "../../files/private-directory.ts";
import { toEnd } from "./to-end.ts";
import { type Contents, readContents, requireIntact, requireSameContents } from "./verify-copy.ts";

/** Why a copy is made before moodsync changes much at once. */
export const BACKUP_REASONS = [
  "before-schema",
  "before-resync",
  "before-repair",
  "before-founding",
  "before-import",
  "before-restore",
  "before-wipe",
] as const;

export type BackupReason = (typeof BACKUP_REASONS)[number];

/** A copy that moodsync made by itself. */
export interface AutomaticBackup {
  file: string;
  reason: BackupReason;
  /** When it was made, in ms since 1970. */
  madeAtMs: number;
  bytes: number;
}

/** Copies kept of each reason: enough to go back a few times; more would fill the disk, and keep what was deleted. */
const KEPT_COPIES = 5;
/** How often another command may write while a copy is made. */
const MAX_ATTEMPTS = 5;

/** Writes a verified copy of the database beside it, in `backups`, and returns its path. The oldest of the same reason go.
 *  Throws where the copy does not hold what the database holds; then there is none. */
export function backUp(db: Database.Database, file: string, reason: BackupReason): string {
  return toEnd(backUpInSteps(db, file, reason));
}

/** The same in steps: where they end early, there is no copy. */
export function* backUpInSteps(
  db: Database.Database,
  file: string,
  reason: BackupReason,
): Generator<void, string> {
  const directory = backupDirectory(file);
  makePrivateDirectory(directory);
  removeStaleBackupDrafts(file);
  const copy = join(directory, nameOfCopy(file, reason));
  const drafted = draftedFile(file);
  try {
    yield* draftCopyInSteps(db, drafted);
    renameSync(draftOf(drafted), copy);
  } finally {
    removeDraft(draftOf(drafted));
  }
  removeOldCopies(directory, reason);
  return copy;
}

/** Moves a database that cannot be read to the backups, with what SQLite keeps beside it, and returns where it is. No
 *  other command may have it open. */
export function setAside(file: string): string {
  const directory = backupDirectory(file);
  makePrivateDirectory(directory);
  const aside = join(directory, nameOfCopy(file, "damaged"));
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}

/** Writes a verified copy as the draft of `path`, on the disk and for its owner alone. Whoever called it gives it its name,
 *  or removes it. */
export function draftCopy(db: Database.Database, path: string): Contents {
  return toEnd(draftCopyInSteps(db, path));
}

/** What takes a while of a large database is a step each. */
function* draftCopyInSteps(db: Database.Database, path: string): Generator<void, Contents> {
  const draft = draftOf(path);
  for (let attempt = 1; ; attempt++) {
    const contents = readContents(db);
    yield;
    closeSync(createDraft(path)); // SQLite writes into an empty file, but would follow a link
    db.prepare("vacuum into ?").run(draft);
    yield;
    moveToDisk(draft);
    yield;
    // Another command may have written before the copy was begun, or while it was made.
    if (attempt < MAX_ATTEMPTS && readContents(db).digest !== contents.digest) continue;
    yield;
    const copy = openSqlite(draft, { readonly: true });
    try {
      requireIntact(copy);
      yield;
      requireSameContents(copy, contents);
      return contents;
    } finally {
      copy.close();
    }
  }
}

/** The copies that moodsync made by itself, newest first. */
export function listBackups(file: string): AutomaticBackup[] {
  const directory = backupDirectory(file);
  const found: AutomaticBackup[] = [];
  for (const name of listNames(directory)) {
    const [, date, hours, minutes, seconds, ms, reason] = COPY_NAME.exec(name) ?? [];
    const isKnown = (BACKUP_REASONS as readonly string[]).includes(reason ?? "");
    const stats = statSync(join(directory, name), { throwIfNoEntry: false });
    if (!isKnown || !stats?.isFile()) continue;
    const madeAtMs = Date.parse(`${date}T${hours}:${minutes}:${seconds}.${ms}Z`);
    found.push({ file: join(directory, name), reason: reason as BackupReason, madeAtMs, bytes: stats.size });
  }
  return found.sort((a, b) => b.madeAtMs - a.madeAtMs);
}

const COPY_NAME = /-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-\d+-([a-z-]+)\.db$/;

/** Removes what is left of copies whose process died while it made them. */
export function removeStaleBackupDrafts(file: string): void {
  removeStaleDrafts(draftedFile(file));
}

export function backupDirectory(file: string): string {
  return join(dirname(file), "backups");
}

/** What drafts are named after; the copies' own names hold a time, and would not be known again. */
function draftedFile(file: string): string {
  return join(backupDirectory(file), basename(file));
}

function nameOfCopy(file: string, reason: BackupReason | "damaged"): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  return `${basename(file, ".db")}-${time}-${process.pid}-${reason}.db`;
}

/** Flushes a copy to the disk: SQLite does not do so after `vacuum into`. */
export function moveToDisk(path: string): void {
  const descriptor = openSync(path, "r+");
  try {
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Their names begin with the time, so that the order of names is that of age. */
function removeOldCopies(directory: string, reason: BackupReason): void {
  const copies = listNames(directory).filter((name) => name.endsWith(`-${reason}.db`));
  for (const name of copies.sort().slice(0, -KEPT_COPIES)) rmSync(join(directory, name), { force: true });
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
