import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { createDraft, draftOf, removeDraft, removeStaleDrafts } from "../../files/drafts.ts";
import { acquireFileLock } from "../../files/file-lock.ts";
import { openSqlite } from "../../files/open-sqlite.ts";
import { closeToOthers, makePrivateDirectory } from "../../files/private-directory.ts";
import { systemError } from "../../files/system-error.ts";
import { moveToDisk, removeStaleBackupDrafts } from "./backup.ts";
import { migrate } from "./migrate.ts";
import { updateSearchIndex } from "./search-index.ts";
import { requireIntact } from "./verify-copy.ts";

/** "mood" in ASCII. It marks a file as ours, as `application_id` of https://sqlite.org/fileformat2.html, bytes 68 to 71. */
const APPLICATION_ID = 0x6d6f6f64;
const BUSY_TIMEOUT_MS = 5_000;
/** How often a write waits that long for the others: SQLite keeps no queue, so of many that wait one can stay last. */
const TURNS = 6;
/** Pages that SQLite keeps where little is written. Its default of 16 MB is filled by a long list, which reads each page once. */
const SMALL_CACHE_KIB = 4_000;

/** Opens the database of this device and brings it to this version's schema; makes it when there is none.
 *  Throws a `failure` for a file that is empty, foreign, damaged or of a newer version. */
export function openDatabase(file: string): Database.Database {
  try {
    removeStaleDrafts(file);
    removeStaleBackupDrafts(file);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) createDatabase(file);
    else if (stats.size === 0) throw emptyFile(file);
    return openExisting(file);
  } catch (error) {
    throw systemError(error, file) ?? error;
  }
}

/** For what reads much, or stays open. */
export function keepFewPages(db: Database.Database): void {
  db.pragma(`cache_size = ${-SMALL_CACHE_KIB}`);
}

/** The same for what only reads: where there is no file it is an empty database in memory, and none is made. */
export function openDatabaseToRead(file: string): Database.Database {
  if (existsSync(file)) {
    const db = openDatabase(file);
    keepFewPages(db);
    return db;
  }
  try {
    const db = openSqlite(":memory:");
    migrate(db, null);
    db.pragma("query_only = ON");
    return db;
  } catch (error) {
    throw systemError(error, file) ?? error;
  }
}

/** Runs `work` in one transaction that takes the write lock at once: a deferred one fails with SQLITE_BUSY
 *  when two processes write. Translates what SQLite throws. */
export function transaction<T>(db: Database.Database, work: () => T): T {
  let run = runners.get(db);
  if (!run) {
    run = db.transaction((given: () => unknown) => {
      const result = given();
      updateSearchIndex(db);
      return result;
    });
    runners.set(db, run);
  }
  for (let turn = 1; ; turn++) {
    let hasBegun = false;
    try {
      return run.immediate(() => {
        hasBegun = true;
        return work();
      }) as T;
    } catch (error) {
      const isBusy = (error as { code?: string }).code === "SQLITE_BUSY";
      if (!isBusy || hasBegun || turn === TURNS) throw systemError(error, db.name) ?? error;
    }
  }
}

/** The same for work that goes on in steps: whoever runs them may do something else in between, but nothing with this
 *  database. Where they end early, nothing is stored. */
export function* transactionInSteps<T>(
  db: Database.Database,
  work: () => Generator<void, T>,
): Generator<void, T> {
  try {
    yield* beginInSteps(db);
    const result = yield* work();
    updateSearchIndex(db);
    db.exec("commit");
    return result;
  } catch (error) {
    throw systemError(error, db.name) ?? error;
  } finally {
    if (db.inTransaction) db.exec("rollback");
  }
}

function* beginInSteps(db: Database.Database): Generator<void, void> {
  for (let turn = 1; ; turn++) {
    try {
      db.exec("begin immediate");
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY" || turn === TURNS) throw error;
    }
    yield;
  }
}

/** The transaction function of each open database. `db.transaction()` takes longer than a small transaction, so it is called
 *  once for each database, not for each transaction. */
const runners = new WeakMap<Database.Database, Database.Transaction<(work: () => unknown) => unknown>>();

/** A new database appears under its name complete, so nobody ever opens half of one; who comes second
 *  uses the first one's. */
function createDatabase(file: string): void {
  makePrivateDirectory(dirname(file));
  const draft = draftOf(file);
  try {
    closeSync(createDraft(file));
    const db = openSqlite(draft);
    try {
      db.pragma(`application_id = ${APPLICATION_ID}`);
      setPragmas(db);
      migrate(db, null);
      // Only this file gets the name. Closing moves everything into it, too, but says nothing where the disk fails.
      db.pragma("wal_checkpoint(truncate)");
    } finally {
      db.close();
    }
    linkUnlessTaken(draft, file);
  } finally {
    removeDraft(draft);
  }
}

/** Gives a whole database its name, unless another process has put one there. */
export function placeDatabase(draft: string, file: string): void {
  moveToDisk(draft);
  linkUnlessTaken(draft, file);
  removeDraft(draft);
}

/** A link fails when the name is taken. Where the file system knows no links (FAT, many of FUSE), a lock keeps a
 *  rename from replacing a database that another process has put there. */
function linkUnlessTaken(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") renameUnlessTaken(draft, file);
  }
}

function renameUnlessTaken(draft: string, file: string): void {
  const lockFile = `${file}.lock`;
  const release = acquireFileLock(lockFile, { waitMs: BUSY_TIMEOUT_MS });
  try {
    if (!existsSync(file)) renameSync(draft, file);
    rmSync(lockFile, { force: true }); // who still waits for it finds the database there
  } finally {
    release?.();
  }
}

/** Opens a copy of a database, a backup say, to read it. Throws a `failure` for what is none. */
export function openCopy(file: string): Database.Database {
  try {
    if (statSync(file).size === 0) throw emptyFile(file);
    const db = openReadOnly(file);
    try {
      if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID) throw foreignDatabase(file);
      distrustFile(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw systemError(error, file) ?? error;
  }
}

/** Whether a copy can be opened, and its pages, indexes and schema are whole. */
export function isIntactCopy(file: string): boolean {
  try {
    const copy = openCopy(file);
    try {
      requireIntact(copy);
      return true;
    } finally {
      copy.close();
    }
  } catch {
    return false;
  }
}

function openExisting(file: string): Database.Database {
  restrictAccess(file);
  const isReadOnly = !isWritable(file);
  const db = isReadOnly
    ? openReadOnly(file)
    : openSqlite(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID) throw foreignDatabase(file);
    if (isReadOnly) distrustFile(db);
    else setPragmas(db);
    migrate(db, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether a file and what SQLite keeps beside it can be written. */
function isWritable(file: string): boolean {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    if (/^(EACCES|EPERM|EROFS)$/.test((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** To read a database with a log SQLite needs an index of that beside it, or makes one, as read-only as the file, and
 *  refuses when the file no longer is. Without a log the file holds everything, so it is read into memory instead, and
 *  its head changed to say that there is no log (https://sqlite.org/fileformat2.html, bytes 18 and 19). */
function openReadOnly(file: string): Database.Database {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    return openSqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  }
  const bytes = readFileSync(file);
  if (bytes[18] === 2) bytes.fill(1, 18, 20);
  const db = openSqlite(bytes);
  db.pragma("query_only = ON");
  return db;
}

/** On every open: better-sqlite3 falls back to synchronous=NORMAL on an existing WAL database, which loses
 *  acknowledged rows at a power failure; without secure_delete, deleted notes stay in the file. */
function setPragmas(db: Database.Database): void {
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("secure_delete = ON");
  db.pragma("foreign_keys = ON");
  distrustFile(db);
}

/** Another program, or another person, may have written the file: nothing of its schema runs on its own, and damaged
 *  cells are noticed when they are read. */
function distrustFile(db: Database.Database): void {
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
}

/** Files and directory from before a careless umask or copy are closed to others. */
function restrictAccess(file: string): void {
  closeToOthers(dirname(file), 0o700);
  for (const suffix of ["", "-wal", "-shm"]) closeToOthers(file + suffix, 0o600);
}

function emptyFile(file: string): MoodsyncError {
  return new MoodsyncError("failure", `The database file ${file} is empty: what was in it is gone.`, {
    hint: "`moodsync restore-backup FILE` puts a backup in its place; delete the empty file to start again.",
  });
}

function foreignDatabase(file: string): MoodsyncError {
  return new MoodsyncError("failure", `The database file ${file} belongs to another program.`, {
    hint: "Move it out of the way, or set MOODSYNC_HOME to another directory.",
  });
}
