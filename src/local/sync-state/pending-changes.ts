import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { mapEntityTypes, type Row, SELECT_ROWS } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { type StoredRow, toStoredRow } from "../versions/rows.ts";
import { forgetDeferred } from "./deferred-changes.ts";
import { forgetRejection, IS_REJECTED } from "./rejected-changes.ts";
import { forgetSent } from "./sent-versions.ts";

/** SQL: whether a version of the row `entity` was sent and has no answer yet. It goes again before anything newer of that
 *  row. The parameter is the entity type. */
const IS_UNANSWERED = `exists (
  select 1 from sent_versions as sent
  where sent.entity_type = ? and sent.id = entity.id)`;

/** The entity types of which a row is pending, rejected ones included. */
export function listPendingTypes(db: Database.Database): EntityType[] {
  return statement(db, PENDING_TYPES).pluck().all() as EntityType[];
}

const PENDING_TYPES = ENTITY_TYPES.map(
  (entityType) => `select '${entityType}'
    where exists (select 1 from ${ENTITY_TABLE[entityType]} where revision <> acked_revision)`,
).join(" union all ");

/** Whether something waits to be uploaded: a pending row, rejected ones included, a version without an answer, or a
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

/** The pending rows of a type, one after the other, without those that were rejected or have no answer yet; nothing may
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
    where revision <> acked_revision and not ${IS_UNANSWERED} and not ${IS_REJECTED}
    order by acked_revision, rowid`,
);

/** How many rows wait for the server, and how many of them it rejected. */
export function countPending(
  db: Database.Database,
  appVersion: string,
): { pending: number; rejected: number } {
  let pending = 0;
  let rejected = 0;
  for (const entityType of listPendingTypes(db)) {
    const counts = statement(db, COUNT_PENDING[entityType]).get(entityType, appVersion);
    const ofType = counts as { pending: number; rejected: number };
    pending += ofType.pending;
    rejected += ofType.rejected;
  }
  return { pending, rejected };
}

const COUNT_PENDING = mapEntityTypes(
  (entityType) => `select count(*) as pending, count(*) filter (where ${IS_REJECTED}) as rejected
    from ${ENTITY_TABLE[entityType]} as entity
    where revision <> acked_revision`,
);

/** How many rows of a type wait for the server, rejected ones included. */
export function countPendingOf(db: Database.Database, entityType: EntityType): number {
  const sql = `select count(*) from ${ENTITY_TABLE[entityType]} where revision <> acked_revision`;
  return statement(db, sql).pluck().get() as number;
}

/** When the oldest of the changes was made that wait for the server, in ms since 1970; null where none waits. */
export function oldestPendingMs(db: Database.Database): number | null {
  const times = listPendingTypes(db).map((entityType) => {
    const sql = `select min(updated_at) from ${ENTITY_TABLE[entityType]} where revision <> acked_revision`;
    return statement(db, sql).pluck().get() as number;
  });
  return times.length === 0 ? null : Math.min(...times);
}

/** Makes every row pending, tombstones too: the server may have lost any of them. Bases are kept; that of a row that was
 *  not pending is the version that stands. */
export function markAllPending(db: Database.Database): void {
  for (const entityType of ENTITY_TYPES) {
    const table = ENTITY_TABLE[entityType];
    statement(
      db,
      `update ${table} set base_updated_at = updated_at, base_hash = content_hash where revision = acked_revision`,
    ).run();
    statement(db, `update ${table} set acked_revision = 0`).run();
  }
}

/** Forgets what waits for the server beside a row itself: that a version of it was sent without an answer, rejected, or
 *  could not be read. Usually all three tables are empty, so one query saves three deletes per row. */
export function forgetOutgoing(db: Database.Database, entityType: string, id: string): void {
  if (statement(db, HAS_MARKS).pluck().get() === 0) return;
  forgetSent(db, entityType, id);
  forgetRejection(db, entityType, id);
  forgetDeferred(db, entityType, id);
}

const HAS_MARKS = `select ${["sent_versions", "rejected_changes", "deferred_changes"]
  .map((table) => `exists (select 1 from ${table})`)
  .join(" or ")}`;
