import { createReadStream, statSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { ENTITY_TABLE, type EntityType } from "../domain/entities/entity-type.ts";
import { draftOf, removeDraft } from "../files/drafts.ts";
import { makePrivateDirectory } from "../files/private-directory.ts";
import { backupDirectory, draftCopy } from "../local/storage/backup.ts";
import { mapEntityTypes } from "../local/storage/entity-tables.ts";
import { databaseFile, type Home } from "../local/storage/home.ts";
import { listDamagedRows } from "../local/versions/damaged-rows.ts";
import { type Pieces, placeOwnFile, writeOwnFile } from "./write-file.ts";

/** A backup that was written. */
export interface WrittenBackup {
  bytes: number;
  /** Live entities of each type that are in it. */
  counts: Record<EntityType, number>;
  /** Rows that do not hold what their own hash says; they were copied as they are. */
  damaged: number;
}

/** Writes a verified copy of the database to a file of the person's choice; with `encrypt`, what that makes of it.
 *  Throws as `placeOwnFile` does, and where the copy does not hold what the database holds. */
export async function writeBackupFile(
  db: Database.Database,
  file: string,
  options: { force: boolean; home: Home; encrypt: ((pieces: Pieces) => Promise<Pieces>) | null },
): Promise<WrittenBackup> {
  const { home, encrypt } = options;
  if (encrypt === null) await placeOwnFile(file, options, () => void draftCopy(db, file));
  else await withPlainCopy(db, home, async (copy) => writeOwnFile(file, await encrypt(copy), options));
  return { bytes: statSync(file).size, counts: countLiveByType(db), damaged: listDamagedRows(db).length };
}

/** Lends a copy that lies among the automatic ones, closed to others, and goes after. */
async function withPlainCopy(
  db: Database.Database,
  home: Home,
  work: (copy: Pieces) => Promise<void>,
): Promise<void> {
  const directory = backupDirectory(databaseFile(home));
  const path = join(directory, "to-encrypt.db");
  makePrivateDirectory(directory);
  try {
    draftCopy(db, path);
    await work(createReadStream(draftOf(path)));
  } finally {
    removeDraft(draftOf(path));
  }
}

export function countLiveByType(db: Database.Database): Record<EntityType, number> {
  return mapEntityTypes((entityType) => {
    const sql = `select count(*) from ${ENTITY_TABLE[entityType]} where deleted_at is null`;
    return db.prepare(sql).pluck().get() as number;
  });
}
