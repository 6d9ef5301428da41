import type Database from "better-sqlite3";
import type { Entity } from "../domain/entity.ts";
import type { EntityType } from "../domain/entity-type.ts";
import type { Version } from "../domain/version.ts";
import type { Row } from "./entity-tables.ts";
import { CONTENT_COLUMNS, entityToRow, rowToEntity, TABLE } from "./entity-tables.ts";
import { statement } from "./statements.ts";

/** What a row remembers for sync. It is pending while `revision` differs from `ackedRevision`. */
export interface SyncMarks {
  /** Grows with every local write. */
  revision: number;
  /** The revision that the server has acknowledged, or that came from it. */
  ackedRevision: number;
  /** The version that a pending edit was made from; null: none was seen. */
  base: VersionStamp | null;
}

/** Names one version of an entity: two of them can have the same time. */
export type VersionStamp = Pick<Version, "updatedAtMs" | "contentHash">;

/** One row: the version that stands on this device. */
export interface StoredRow extends Version, SyncMarks {
  /** What a deleted entity held, for showing and restoring; null where it was never here. */
  content: Entity | null;
}

export function isPending({ revision, ackedRevision }: SyncMarks): boolean {
  return revision !== ackedRevision;
}

/** The row of an entity, tombstones included; null when there is none. */
export function readRow(db: Database.Database, entityType: EntityType, id: string): StoredRow | null {
  const row = statement(db, `select * from ${TABLE[entityType]} where id = ?`).get(id) as Row | undefined;
  return row ? toStoredRow(entityType, row) : null;
}

export function toStoredRow(entityType: EntityType, row: Row): StoredRow {
  const content = rowToEntity(entityType, row);
  const deleted = row.deleted_at !== null;
  return {
    entityType,
    id: row.id as string,
    updatedAtMs: row.updated_at as number,
    deleted,
    entity: deleted ? null : content,
    contentHash: row.content_hash as string,
    content,
    revision: row.revision as number,
    ackedRevision: row.acked_revision as number,
    base:
      row.base_hash === null
        ? null
        : { updatedAtMs: row.base_updated_at as number, contentHash: row.base_hash as string },
  };
}

/** Stores a version as the one that stands. A tombstone keeps the content that is there. */
export function storeVersion(db: Database.Database, version: Version, marks: SyncMarks): void {
  const common: Row = {
    id: version.id,
    content_hash: version.contentHash,
    revision: marks.revision,
    acked_revision: marks.ackedRevision,
    base_updated_at: marks.base?.updatedAtMs ?? null,
    base_hash: marks.base?.contentHash ?? null,
  };
  const row: Row = version.entity
    ? { ...entityToRow(version.entityType, version.entity), ...common }
    : { ...common, updated_at: version.updatedAtMs, deleted_at: version.updatedAtMs };
  statement(db, upsertSql(version.entityType, version.deleted)).run(row);
}

/** Changes only what a row remembers for sync. */
export function markRow(db: Database.Database, entityType: EntityType, id: string, marks: SyncMarks): void {
  const { revision, ackedRevision, base } = marks;
  const sql = `update ${TABLE[entityType]}
    set revision = ?, acked_revision = ?, base_updated_at = ?, base_hash = ?
    where id = ?`;
  statement(db, sql).run(revision, ackedRevision, base?.updatedAtMs ?? null, base?.contentHash ?? null, id);
}

/** The server has this revision of a row, so it is not pending and is what later edits are made from.
 *  False, with nothing changed, where the row has another revision by now or is not there. */
export function acknowledgeRow(
  db: Database.Database,
  entityType: EntityType,
  id: string,
  revision: number,
): boolean {
  const sql = `update ${TABLE[entityType]}
    set acked_revision = revision, base_updated_at = updated_at, base_hash = content_hash
    where id = ? and revision = ?`;
  return statement(db, sql).run(id, revision).changes === 1;
}

const upsertSqlByKind = new Map<string, string>();

function upsertSql(entityType: EntityType, deleted: boolean): string {
  const kind = `${entityType} ${deleted}`;
  const known = upsertSqlByKind.get(kind);
  if (known) return known;
  const sql = writeUpsertSql(entityType, deleted);
  upsertSqlByKind.set(kind, sql);
  return sql;
}

function writeUpsertSql(entityType: EntityType, deleted: boolean): string {
  const content = deleted ? ["id"] : [...CONTENT_COLUMNS[entityType], "extra", "created_at"];
  const columns = [
    ...content,
    "updated_at",
    "deleted_at",
    "content_hash",
    "revision",
    "acked_revision",
    "base_updated_at",
    "base_hash",
  ];
  const updates = columns
    .filter((column) => column !== "id")
    .map((column) => `${column} = excluded.${column}`);
  return `insert into ${TABLE[entityType]} (${columns.join(", ")})
    values (${columns.map((column) => `@${column}`).join(", ")})
    on conflict (id) do update set ${updates.join(", ")}`;
}

/** The live entities of a type, one after the other, in no order. */
export function* listLive(
  db: Database.Database,
  entityType: EntityType,
): Iterable<{ id: string; entity: Entity }> {
  const sql = `select * from ${TABLE[entityType]} where deleted_at is null`;
  for (const row of statement(db, sql).iterate() as Iterable<Row>) {
    yield { id: row.id as string, entity: rowToEntity(entityType, row)! };
  }
}
