import type Database from "better-sqlite3";
import type { Entity, EntityByType } from "../../domain/entities/entity.ts";
import { normaliseEntity } from "../../domain/entities/entity.ts";
import { draftProblem, entityProblem } from "../../domain/entities/entity-problem.ts";
import { ENTITY_TABLE, type EntityType } from "../../domain/entities/entity-type.ts";
import { joinFields } from "../../domain/entities/extra.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import type { Version } from "../../domain/versions/version.ts";
import { liveVersion, tombstone } from "../../domain/versions/version.ts";
import { transaction, transactionInSteps } from "../storage/database.ts";
import { mapEntityTypes } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { recordHistory } from "./history.ts";
import type { StoredRow, SyncMarks } from "./rows.ts";
import { insertVersion, isPending, lastRowOf, readRow, storeVersion } from "./rows.ts";

/** An entity as a command gives it: the store stamps the metadata. */
export type EntityDraft<T extends EntityType> = Omit<EntityByType[T], "metadata"> & { metadata?: object };

/** The writes of one command. */
export interface Writer {
  /** Stores an entity as a new version: a first one, an edit, or the revival of a deleted one. Throws `invalid_input`
   *  for what no server would take. */
  put<T extends EntityType>(entityType: T, draft: EntityDraft<T>): EntityByType[T];
  /** The same for one that has no row yet, not even a deleted one; a third of the time. Throws where it has. */
  create<T extends EntityType>(entityType: T, draft: EntityDraft<T>): EntityByType[T];
  /** Deletes softly; the tombstone spreads the deletion. Nothing happens to what is not there or deleted already. */
  remove(entityType: EntityType, id: string): void;
  /** Stores a version as it was written elsewhere, with its own times. `content` is what a deleted one held. */
  keep(version: Version, content: Entity | null): void;
  /** The number of the command, null while it has changed nothing. */
  commandId(): number | null;
}

/** A command that writes, as it is remembered. */
interface CommandRun {
  name: string;
  nowMs: number;
  /** The command that this one takes back. */
  reverts?: number;
}

/** Runs a command's writes as one transaction and remembers what it changed, so that it can be undone. A command that
 *  changes nothing leaves no trace. */
export function writeAs<T>(db: Database.Database, command: CommandRun, work: (writer: Writer) => T): T {
  return transaction(db, () => {
    const writer = createWriter(db, command);
    const result = work(writer);
    writer.recordCreated();
    return result;
  });
}

/** The same for work that goes on in steps. */
export function writeInSteps<T>(
  db: Database.Database,
  command: CommandRun,
  work: (writer: Writer) => Generator<void, T>,
): Generator<void, T> {
  return transactionInSteps(db, () => writeInTransaction(db, command, work));
}

/** The same in a transaction that has begun. */
export function* writeInTransaction<T>(
  db: Database.Database,
  command: CommandRun,
  work: (writer: Writer) => Generator<void, T>,
): Generator<void, T> {
  const writer = createWriter(db, command);
  const result = yield* work(writer);
  writer.recordCreated();
  return result;
}

function createWriter(
  db: Database.Database,
  { name, nowMs, reverts }: CommandRun,
): Writer & { recordCreated(): void } {
  let storedId: number | undefined;
  function commandId(): number {
    if (storedId !== undefined) return storedId;
    const sql = "insert into commands (name, ran_at, reverts) values (?, ?, ?)";
    storedId = Number(statement(db, sql).run(name, nowMs, reverts ?? null).lastInsertRowid);
    return storedId;
  }

  /** The last row of each table in which entities were created, before they were. */
  const lastRows = new Map<EntityType, number>();

  function checked<T extends EntityType>(entityType: T, draft: EntityDraft<T>, row: StoredRow | null) {
    const stamped = joinFields(draft, { metadata: stampedMetadata(draft.metadata, row, nowMs) });
    const problem = draft.metadata ? entityProblem(entityType, stamped) : draftProblem(entityType, draft);
    if (problem) throw new MoodsyncError("invalid_input", `That cannot be stored: its ${problem}.`);
    return normaliseEntity(entityType, stamped);
  }

  function replace(row: StoredRow | null, version: Version): void {
    const winnerHash = version.contentHash;
    if (row) recordHistory(db, row, { outcome: "replaced", commandId: commandId(), winnerHash, nowMs });
    storeVersion(db, version, nextMarks(row));
    statement(
      db,
      `insert into command_changes (command_id, entity_type, id, before_hash, after_hash)
       values (?, ?, ?, ?, ?)
       on conflict do update set after_hash = excluded.after_hash`,
    ).run(commandId(), version.entityType, version.id, row?.contentHash ?? null, version.contentHash);
  }

  return {
    put(entityType, draft) {
      const row = readRow(db, entityType, draft.id);
      const entity = checked(entityType, draft, row);
      replace(row, liveVersion(entityType, entity as Entity));
      return entity;
    },
    create(entityType, draft) {
      commandId();
      if (!lastRows.has(entityType)) lastRows.set(entityType, lastRowOf(db, entityType));
      const entity = checked(entityType, draft, null);
      insertVersion(db, liveVersion(entityType, entity as Entity), nextMarks(null));
      return entity;
    },
    remove(entityType, id) {
      const row = readRow(db, entityType, id);
      if (row && !row.deleted) replace(row, tombstone(entityType, id, nextUpdatedAtMs(row, nowMs)));
    },
    keep(version, content) {
      const row = readRow(db, version.entityType, version.id);
      // A tombstone keeps the content that is there, so it is put there first.
      if (!row && version.deleted && content)
        storeVersion(db, liveVersion(version.entityType, content), nextMarks(null));
      replace(row, version);
    },
    commandId: () => storedId ?? null,
    recordCreated() {
      for (const [entityType, lastRow] of lastRows) {
        statement(db, RECORD_CREATED[entityType]).run(commandId(), entityType, lastRow);
      }
    },
  };
}

/** In the order of the primary key, and in one statement: many at once take a tenth of the time. */
const RECORD_CREATED = mapEntityTypes(
  (entityType) => `insert into command_changes (command_id, entity_type, id, before_hash, after_hash)
    select ?, ?, id, null, content_hash
    from ${ENTITY_TABLE[entityType]}
    where rowid > ?
    order by id
    on conflict do update set before_hash = null, after_hash = excluded.after_hash`,
);

/** What the user just did wins over what they saw, whatever the clock says. */
function nextUpdatedAtMs(row: StoredRow | null, nowMs: number): number {
  return row ? Math.max(nowMs, row.updatedAtMs + 1) : nowMs;
}

function stampedMetadata(given: object | undefined, row: StoredRow | null, nowMs: number) {
  return {
    ...given,
    created_at: row?.content?.metadata.created_at ?? formatUtc(nowMs),
    updated_at: formatUtc(nextUpdatedAtMs(row, nowMs)),
    deleted_at: null,
  };
}

/** A row that was not pending is edited from the version that stands; a pending one keeps its base. */
function nextMarks(row: StoredRow | null): SyncMarks {
  if (!row) return { revision: 1, ackedRevision: 0, base: null };
  const { revision, ackedRevision, base } = row;
  return { revision: revision + 1, ackedRevision, base: isPending(row) ? base : row };
}
