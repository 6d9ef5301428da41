import type Database from "better-sqlite3";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { Version } from "../../domain/versions/version.ts";
import { statement } from "../storage/statements.ts";
import { findPastVersion } from "../versions/history.ts";
import { readRow, type SyncMarks } from "../versions/rows.ts";

/** A version that went out and has no answer yet. It goes again unchanged, its base included, because the server may have
 *  stored it. */
export type SentVersion = Version & Pick<SyncMarks, "revision" | "base">;

/** Remembers that a version is being sent, before it is. It is only named: its row holds it, and whoever replaces it there
 *  before the server has answered puts it into history. */
export function recordSent(db: Database.Database, version: SentVersion): void {
  statement(
    db,
    "insert or replace into sent_versions (entity_type, id, revision, updated_at, content_hash) values (?, ?, ?, ?, ?)",
  ).run(version.entityType, version.id, version.revision, version.updatedAtMs, version.contentHash);
}

/** The sent versions without an answer, in id order, but those of the rows that `skip` names. Forgets one that is found
 *  nowhere, because a repair gave its row another time or the file is damaged: its row is then sent as it stands. */
export function listSent(db: Database.Database, skip: (key: string) => boolean): SentVersion[] {
  const sql =
    "select entity_type, id, revision, updated_at, content_hash from sent_versions order by entity_type, id";
  const named = statement(db, sql).raw().all() as [EntityType, string, number, number, string][];
  return named
    .filter(([entity_type, id]) => !skip(changeKey({ entity_type, id })))
    .flatMap(([entityType, id, revision, updatedAtMs, contentHash]) => {
      const stamp = { updatedAtMs, contentHash };
      const row = readRow(db, entityType, id);
      if (row?.revision === revision) return [row];
      const past = row && findPastVersion(db, entityType, id, stamp);
      if (!past) {
        forgetSent(db, entityType, id);
        return [];
      }
      // Of a row that waits for the server no edit changes the base.
      const { deleted, content } = past;
      const entity = deleted ? null : content;
      return [{ entityType, id, ...stamp, deleted, entity, revision, base: row.base }];
    });
}

/** Forgets that a version of this row was sent; nothing happens where none was. */
export function forgetSent(db: Database.Database, entityType: string, id: string): void {
  statement(db, "delete from sent_versions where entity_type = ? and id = ?").run(entityType, id);
}
