import type Database from "better-sqlite3";
import { changeKey } from "../../domain/protocol/change-key.ts";
import { parseChange } from "../../domain/protocol/parse-change.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import type { Version } from "../../domain/versions/version.ts";
import { statement } from "../storage/statements.ts";
import { parseStored } from "../storage/stored-json.ts";

/** A version that went out and has no answer yet. It goes again unchanged, its base included, because the
 *  server may have stored it. */
export interface SentVersion {
  revision: number;
  change: SyncChange;
}

/** Remembers that a version is being sent, before it is; `json` is the change as it goes out. */
export function recordSent(db: Database.Database, { revision, change }: SentVersion, json: string): void {
  statement(
    db,
    "insert or replace into sent_versions (entity_type, id, revision, change) values (?, ?, ?, ?)",
  ).run(change.entity_type, change.id, revision, json);
}

/** The sent versions without an answer, in id order, but those of the rows that `skip` names. */
export function listSent(db: Database.Database, skip: (key: string) => boolean): SentVersion[] {
  const sql = "select entity_type, id, revision, change from sent_versions order by entity_type, id";
  const rows = statement(db, sql).raw().all() as [string, string, number, string][];
  return rows
    .filter(([entity_type, id]) => !skip(changeKey({ entity_type, id })))
    .map(([, , revision, change]) => ({ revision, change: parseStored(change) }));
}

/** The version that a sent change is. */
export function sentToVersion({ change }: SentVersion): Version {
  const parsed = parseChange(change);
  if (parsed.status !== "valid") throw new TypeError("a sent version must be readable");
  return parsed.version;
}

/** Forgets that a version of this row was sent; nothing happens where none was. */
export function forgetSent(db: Database.Database, entityType: string, id: string): void {
  statement(db, "delete from sent_versions where entity_type = ? and id = ?").run(entityType, id);
}
