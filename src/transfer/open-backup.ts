import { closeSync, createReadStream, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { createDraft, draftOf, flushDraft, removeDraft } from "../files/drafts.ts";
import { openSqlite } from "../files/open-sqlite.ts";
import { makePrivateDirectory } from "../files/private-directory.ts";
import { systemError } from "../files/system-error.ts";
import { openCopy } from "../local/storage/database.ts";
import { migrate } from "../local/storage/migrate.ts";
import { SCHEMA_HASHES, schemaVersion } from "../local/storage/own-schema.ts";
import { requireIntact } from "../local/storage/verify-copy.ts";
import { listDamagedRows } from "../local/versions/damaged-rows.ts";
import { AGE_HEAD, isAgeHead } from "./age-head.ts";
import { countLiveByType } from "./backup-file.ts";

/** Whether a file is encrypted with a passphrase or a key. Throws `invalid_input` for what is no file. */
export function isEncrypted(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new MoodsyncError("invalid_input", "There is no file of that name.");
    if (!stats.isFile())
      throw new MoodsyncError("invalid_input", "That is a directory or a device, not a file.");
    const head = Buffer.alloc(AGE_HEAD.length);
    const descriptor = openSync(path, "r");
    try {
      readSync(descriptor, head, 0, head.length, 0);
    } finally {
      closeSync(descriptor);
    }
    return isAgeHead(head);
  } catch (error) {
    throw systemError(error, path) ?? error;
  }
}

/** What a backup holds, as a draft of the database (`draftOf`) with this version's schema. */
export interface DraftedBackup {
  draft: string;
  counts: Record<EntityType, number>;
  /** Rows that do not hold what their own hash says. */
  damaged: number;
  /** When the newest change in it was made, in ms; null in an empty one. */
  newestMs: number | null;
}

/** Puts what a backup holds beside the database, checked: its pages, its schema, its rows. Whoever called it gives the
 *  draft its name, or removes it; opening the database would remove it as one that was left. Throws `invalid_input` for what is no whole backup; then there is no draft. */
export async function draftOfBackup(
  path: string,
  databaseFile: string,
  decrypt: ((pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>) | null,
): Promise<DraftedBackup> {
  const draft = draftOf(databaseFile);
  try {
    if (decrypt === null) {
      const backup = openCopy(path);
      try {
        requireRestorable(backup);
        backup.pragma("query_only = off"); // which keeps SQLite from writing the copy, too
        makePrivateDirectory(dirname(databaseFile));
        closeSync(createDraft(databaseFile));
        backup.prepare("vacuum into ?").run(draft);
      } finally {
        backup.close();
      }
    } else {
      makePrivateDirectory(dirname(databaseFile));
      await writeDraftOf(databaseFile, decrypt(createReadStream(path)));
    }
    return { draft, ...bringUpToDate(draft) };
  } catch (error) {
    removeDraft(draft);
    throw toBackupError(error, path);
  }
}

async function writeDraftOf(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const descriptor = createDraft(file);
  try {
    for await (const piece of pieces) writeFileSync(descriptor, piece);
    flushDraft(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function bringUpToDate(draft: string): Omit<DraftedBackup, "draft"> {
  openCopy(draft).close(); // which looks at whose file it is
  const db = openSqlite(draft);
  try {
    requireRestorable(db);
    migrate(db, null);
    const newestMs = Math.max(...ENTITY_TYPES.map((entityType) => newestOf(db, entityType)));
    const counts = countLiveByType(db);
    return { counts, damaged: listDamagedRows(db).length, newestMs: newestMs === 0 ? null : newestMs };
  } finally {
    db.close();
  }
}

function newestOf(db: Database.Database, entityType: EntityType): number {
  const sql = `select coalesce(max(updated_at), 0) from ${ENTITY_TABLE[entityType]}`;
  return db.prepare(sql).pluck().get() as number;
}

function requireRestorable(db: Database.Database): void {
  if (schemaVersion(db) > SCHEMA_HASHES.length) {
    throw new MoodsyncError("invalid_input", "The backup was written by a newer version of moodsync.", {
      hint: "Update moodsync on this device; nothing was changed.",
    });
  }
  requireIntact(db);
}

/** The error of opening a database, in terms of a backup. */
function toBackupError(error: unknown, path: string): unknown {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  const isNotOurs = error instanceof MoodsyncError && error.code === "failure" && cause === undefined;
  if (!isNotOurs && !/^SQLITE_(CORRUPT|NOTADB)/.test(cause?.code ?? code ?? "")) {
    return systemError(error, path) ?? error;
  }
  return new MoodsyncError("invalid_input", "That file is no backup of moodsync, or it is damaged.", {
    hint: "Nothing was changed. `moodsync backup list` shows the copies that moodsync made itself.",
    cause: error,
  });
}
