import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import type { Version, VersionStamp } from "../../domain/versions/version.ts";
import type { ColumnValue, Row } from "../storage/entity-tables.ts";
import {
  CONTENT_COLUMNS,
  entityToContent,
  mapEntityTypes,
  rowToEntity,
  SELECT_ROWS,
  VERSION_COLUMNS,
} from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";

/** What a row remembers for sync. It is pending while `revision` differs from `ackedRevision`. */
export interface SyncMarks {
  /** Grows with every local write. */
  revision: number;
  /** The revision that the server has acknowledged, or that came from it. */
  ackedRevision: number;
  /** The version that a pending edit was made from; null: none was seen. Of a row that is not pending it is the one that
   *  stands, which is not stored a second time: a row that grows with its acknowledgement splits the pages of its table. */
  base: VersionStamp | null;
}

/** One row: the version that stands on this device. */
export interface StoredRow extends Version, SyncMarks {
  /** What a deleted entity held, for showing and restoring; null where it was never here. */
  content: Entity | null;
}

export function isPending({ revision, ackedRevision }: Omit<SyncMarks, "base">): boolean {
  return revision !== ackedRevision;
}

/** The row of an entity, tombstones included; null when there is none. */
export function readRow(db: Database.Database, entityType: EntityType, id: string): StoredRow | null {
  const row = statement(db, READ_ROW[entityType]).raw().get(id) as Row | undefined;
  return row ? toStoredRow(entityType, row) : null;
}

const READ_ROW = mapEntityTypes((entityType) => `${SELECT_ROWS[entityType]} where id = ?`);

export function toStoredRow(entityType: EntityType, row: Row): StoredRow {
  const content = rowToEntity(entityType, row);
  const at = CONTENT_COLUMNS[entityType].length;
  const deleted = row[at + 1] !== null;
  const stamp = { updatedAtMs: row[at] as number, contentHash: row[at + 2] as string };
  const revisions = { revision: row[at + 3] as number, ackedRevision: row[at + 4] as number };
  const baseHash = row[at + 6] as string | null;
  const storedBase = baseHash === null ? null : { updatedAtMs: row[at + 5] as number, contentHash: baseHash };
  return {
    entityType,
    id: row[0] as string,
    ...stamp,
    deleted,
    entity: deleted ? null : content,
    content,
    ...revisions,
    base: isPending(revisions) ? storedBase : stamp,
  };
}

/** Which of these entities have a row, tombstones included. */
export function idsOfRows(
  db: Database.Database,
  entityType: EntityType,
  ids: readonly string[],
): Set<string> {
  return new Set(statement(db, IDS_OF_ROWS[entityType]).pluck().all(JSON.stringify(ids)) as string[]);
}

const IDS_OF_ROWS = mapEntityTypes(
  (entityType) => `select id from ${ENTITY_TABLE[entityType]} where id in (select value from json_each(?))`,
);

/** Stores a version as the one that stands. A tombstone keeps the content that is there. */
export function storeVersion(db: Database.Database, version: Version, marks: SyncMarks): void {
  const { entityType, entity } = version;
  statement(db, (entity ? STORE_LIVE : STORE_TOMBSTONE)[entityType]).run(columnsOf(version, marks));
}

/** Stores the first version of a live entity. Throws where there is a row of it. */
export function insertVersion(db: Database.Database, version: Version, marks: SyncMarks): void {
  statement(db, INSERT_LIVE[version.entityType]).run(columnsOf(version, marks));
}

/** The rowid of the newest row of a type; rows that come later have a higher one. */
export function lastRowOf(db: Database.Database, entityType: EntityType): number {
  const sql = `select coalesce(max(rowid), 0) from ${ENTITY_TABLE[entityType]}`;
  return statement(db, sql).pluck().get() as number;
}

function columnsOf(version: Version, marks: SyncMarks): ColumnValue[] {
  const { entityType, id, entity, updatedAtMs, deleted, contentHash } = version;
  const content = entity ? entityToContent(entityType, entity) : [id];
  const deletedAtMs = deleted ? updatedAtMs : null;
  content.push(updatedAtMs, deletedAtMs, contentHash, ...columnsOfMarks(marks));
  return content;
}

function columnsOfMarks(marks: SyncMarks): ColumnValue[] {
  const base = isPending(marks) ? marks.base : null;
  return [marks.revision, marks.ackedRevision, base?.updatedAtMs ?? null, base?.contentHash ?? null];
}

const INSERT_LIVE = mapEntityTypes((entityType) => insertSql(entityType, CONTENT_COLUMNS[entityType]));
const STORE_LIVE = mapEntityTypes((entityType) => upsertSql(entityType, CONTENT_COLUMNS[entityType]));
const STORE_TOMBSTONE = mapEntityTypes((entityType) => upsertSql(entityType, ["id"]));

function upsertSql(entityType: EntityType, contentColumns: string[]): string {
  const updates = [...contentColumns.slice(1), ...VERSION_COLUMNS].map(
    (column) => `${column} = excluded.${column}`,
  );
  return `${insertSql(entityType, contentColumns)} on conflict (id) do update set ${updates.join(", ")}`;
}

function insertSql(entityType: EntityType, contentColumns: string[]): string {
  const columns = [...contentColumns, ...VERSION_COLUMNS];
  return `insert into ${ENTITY_TABLE[entityType]} (${columns.join(", ")})
    values (${columns.map(() => "?").join(", ")})`;
}

/** Changes only what a row remembers for sync. */
export function markRow(db: Database.Database, entityType: EntityType, id: string, marks: SyncMarks): void {
  statement(db, MARK_ROW[entityType]).run(...columnsOfMarks(marks), id);
}

const MARK_ROW = mapEntityTypes(
  (entityType) => `update ${ENTITY_TABLE[entityType]}
    set revision = ?, acked_revision = ?, base_updated_at = ?, base_hash = ?
    where id = ?`,
);

/** The server has this revision of a row, so it is not pending and is what later edits are made from.
 *  False, with nothing changed, where the row has another revision by now or is not there. */
export function acknowledgeRow(
  db: Database.Database,
  entityType: EntityType,
  id: string,
  revision: number,
): boolean {
  return statement(db, ACKNOWLEDGE_ROW[entityType]).run(id, revision).changes === 1;
}

const ACKNOWLEDGE_ROW = mapEntityTypes(
  (entityType) => `update ${ENTITY_TABLE[entityType]}
    set acked_revision = revision, base_updated_at = null, base_hash = null
    where id = ? and revision = ?`,
);

/** The live entities of a type, one after the other, in no order. */
export function* listLive(
  db: Database.Database,
  entityType: EntityType,
): Iterable<{ id: string; entity: Entity }> {
  const sql = `${SELECT_ROWS[entityType]} where deleted_at is null`;
  for (const row of statement(db, sql).raw().iterate() as Iterable<Row>) {
    yield { id: row[0] as string, entity: rowToEntity(entityType, row)! };
  }
}

/** Number of entities of all types that are not deleted. */
export function countLive(db: Database.Database): number {
  return ENTITY_TYPES.reduce((sum, entityType) => {
    const sql = `select count(*) from ${ENTITY_TABLE[entityType]} where deleted_at is null`;
    return sum + (statement(db, sql).pluck().get() as number);
  }, 0);
}
