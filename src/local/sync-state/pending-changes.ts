import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { mapEntityTypes, type Row, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { type StoredRow, toStoredRow } from "../versions/rows.ts";

/** A pending row that the server refused for good is offered again after an edit or by another version. */
const REFUSED = `exists (
  select 1 from rejected_changes as refused
  where refused.entity_type = ? and refused.id = entity.id
    and refused.revision = entity.revision and refused.app_version = ?)`;

/** What went out and has no answer yet comes before what is newer of its row. */
const UNANSWERED = `exists (
  select 1 from sent_versions as sent
  where sent.entity_type = ? and sent.id = entity.id)`;

/** The entity types of which a row is pending, refused ones included. */
export function listPendingTypes(db: Database.Database): EntityType[] {
  return statement(db, PENDING_TYPES).pluck().all() as EntityType[];
}

const PENDING_TYPES = ENTITY_TYPES.map(
  (entityType) => `select '${entityType}'
    where exists (select 1 from ${ENTITY_TABLE[entityType]} where revision <> acked_revision)`,
).join(" union all ");

/** Whether something waits to be uploaded: a pending row, refused ones included, a version without an answer, or a
 *  deferred change that the server lost. */
export function hasOutgoing(db: Database.Database): boolean {
  return statement(db, HAS_OUTGOING).pluck().get() === 1;
}

const HAS_OUTGOING = `select ${[
  ...ENTITY_TYPES.map((entityType) => `${ENTITY_TABLE[entityType]} where revision <> acked_revision`),
  "sent_versions",
  "deferred_changes where pending = 1",
]
  .map((rows) => `exists (select 1 from ${rows})`)
  .join(" or ")}`;

/** The pending rows of a type, one after the other, without those that were refused or have no answer yet; nothing may
 *  be written until they have been read. They come as they lie in the table, so that acknowledging a batch writes few of
 *  its pages, not most of them. Relies on the partial index of pending rows. */
export function* listPending(
  db: Database.Database,
  entityType: EntityType,
  appVersion: string,
): Iterable<StoredRow> {
  const pending = statement(db, LIST_PENDING[entityType]).raw();
  const rows = pending.iterate(entityType, entityType, appVersion) as Iterable<Row>;
  for (const row of rows) yield toStoredRow(entityType, row);
}

const LIST_PENDING = mapEntityTypes(
  (entityType) => `${SELECT_ROWS[entityType]}
    where revision <> acked_revision and not ${UNANSWERED} and not ${REFUSED}
    order by acked_revision, rowid`,
);

/** How many rows wait for the server, and how many of them it refused. */
export function countPending(
  db: Database.Database,
  appVersion: string,
): { pending: number; rejected: number } {
  let pending = 0;
  let rejected = 0;
  for (const entityType of listPendingTypes(db)) {
    const counts = statement(db, COUNT_PENDING[entityType]).get(entityType, appVersion);
    const { pending: waiting, rejected: refused } = counts as { pending: number; rejected: number };
    pending += waiting;
    rejected += refused;
  }
  return { pending, rejected };
}

const COUNT_PENDING = mapEntityTypes(
  (entityType) => `select count(*) as pending, count(*) filter (where ${REFUSED}) as rejected
    from ${ENTITY_TABLE[entityType]} as entity
    where revision <> acked_revision`,
);

/** A change that the server refused for good, with its reason and what is wrong with which field. */
export interface Rejection {
  entityType: string;
  id: string;
  reason: string;
  detail: string | null;
  rejectedAtMs: number;
}

/** The refused changes that still wait for an edit or an upgrade, the latest first. */
export function listRejections(db: Database.Database, appVersion: string): Rejection[] {
  const rows = ENTITY_TYPES.flatMap((entityType) => {
    const sql = `select refused.*
      from ${ENTITY_TABLE[entityType]} as entity
      join rejected_changes as refused on refused.entity_type = ? and refused.id = entity.id
      where entity.revision <> entity.acked_revision
        and refused.revision = entity.revision and refused.app_version = ?`;
    return statement(db, sql).all(entityType, appVersion) as RejectionRow[];
  });
  return rows
    .map(({ entity_type, id, reason, detail, rejected_at }) => ({
      entityType: entity_type,
      id,
      reason,
      detail,
      rejectedAtMs: rejected_at,
    }))
    .sort((a, b) => b.rejectedAtMs - a.rejectedAtMs);
}

interface RejectionRow {
  entity_type: EntityType;
  id: string;
  reason: string;
  detail: string | null;
  rejected_at: number;
}

/** Number of entities that are not deleted. */
export function countLive(db: Database.Database): number {
  return ENTITY_TYPES.reduce((sum, entityType) => {
    const sql = `select count(*) from ${ENTITY_TABLE[entityType]} where deleted_at is null`;
    return sum + (statement(db, sql).pluck().get() as number);
  }, 0);
}

/** Makes every row pending, tombstones too: the server may have lost any of them. Bases are kept. */
export function markAllPending(db: Database.Database): void {
  for (const entityType of ENTITY_TYPES) {
    statement(db, `update ${ENTITY_TABLE[entityType]} set acked_revision = 0`).run();
  }
}

/** Remembers that the server refused this revision of a row, and why. */
export function recordRejection(
  db: Database.Database,
  rejection: {
    entityType: string;
    id: string;
    revision: number;
    reason: string;
    detail: string | null;
    appVersion: string;
    nowMs: number;
  },
): void {
  statement(
    db,
    `insert or replace into rejected_changes (entity_type, id, revision, reason, detail, app_version, rejected_at)
     values (@entityType, @id, @revision, @reason, @detail, @appVersion, @nowMs)`,
  ).run(rejection);
}

export function forgetRejection(db: Database.Database, entityType: string, id: string): void {
  statement(db, "delete from rejected_changes where entity_type = ? and id = ?").run(entityType, id);
}

/** Lets everything that the server refused be offered again. */
export function forgetRejections(db: Database.Database): void {
  statement(db, "delete from rejected_changes").run();
}
