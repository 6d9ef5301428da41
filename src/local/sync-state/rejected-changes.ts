import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";

/** A change that the server rejected for good, with its reason and what is wrong with which field. */
export interface Rejection {
  entityType: string;
  id: string;
  reason: string;
  detail: string | null;
  rejectedAtMs: number;
}

/** The rejected changes of this version of moodsync that still wait for an edit or an upgrade, the latest first. */
export function listRejections(db: Database.Database, appVersion: string): Rejection[] {
  const rows = ENTITY_TYPES.flatMap((entityType) => {
    const sql = `select rejected.*
      from ${ENTITY_TABLE[entityType]} as entity
      join rejected_changes as rejected on rejected.entity_type = ? and rejected.id = entity.id
      where entity.revision <> entity.acked_revision
        and rejected.revision = entity.revision and rejected.app_version = ?`;
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

/** SQL: whether the server has rejected the pending version of the row `entity`; such a one is uploaded again only after an edit or
 *  by another version of moodsync. Its parameters are the entity type and the version of moodsync. */
export const IS_REJECTED = `exists (
  select 1 from rejected_changes as rejected
  where rejected.entity_type = ? and rejected.id = entity.id
    and rejected.revision = entity.revision and rejected.app_version = ?)`;

/** Remembers that the server rejected this revision of a row, and why. */
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

/** Forgets the rejection of one row; nothing happens where there is none. */
export function forgetRejection(db: Database.Database, entityType: string, id: string): void {
  statement(db, "delete from rejected_changes where entity_type = ? and id = ?").run(entityType, id);
}

/** Forgets all rejections, so that every rejected change is uploaded again. */
export function forgetRejections(db: Database.Database): void {
  statement(db, "delete from rejected_changes").run();
}
