import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { canonicalJson } from "../../domain/versions/canonical.ts";
import { differencesBetween } from "../../domain/versions/difference.ts";
import { mergeVersions, restamp } from "../../domain/versions/merge-versions.ts";
import { liveVersion } from "../../domain/versions/version.ts";
import { countNamedActivities } from "../queries/named-activities.ts";
import { transaction } from "../storage/database.ts";
import { mapEntityTypes } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { parseStored } from "../storage/stored-json.ts";
import { listHistory } from "./history.ts";
import { readRow, type StoredRow } from "./rows.ts";
import { type EntityDraft, type Writer, writeAs } from "./write.ts";

/** What was undone or done again: the command, and each entity before and after that; null where it is deleted. */
export interface Undone {
  command: string;
  /** When the command ran, in ms since 1970. */
  ranAtMs: number;
  changes: { entityType: EntityType; id: string; before: Entity | null; after: Entity | null }[];
}

/** The command that an undo takes back. */
export interface UndoableCommand {
  id: number;
  name: string;
  ranAtMs: number;
  changed: readonly { entityType: EntityType; id: string }[];
}

/** The last command of this device that changed something and was not undone; null: there is none. */
export function lastUndoable(db: Database.Database): UndoableCommand | null {
  const command = statement(
    db,
    `select id, name, ran_at from commands
     where name not in ('undo', 'redo') and undone = 0
       and exists (select 1 from command_changes where command_id = commands.id)
     order by id desc
     limit 1`,
  ).get() as CommandRow | undefined;
  if (!command) return null;
  const { id, name, ran_at } = command;
  const changed = changesOf(db, id).map((change) => ({ entityType: change.entity_type, id: change.id }));
  return { id, name, ranAtMs: ran_at, changed };
}

/** Reverts what `lastUndoable` finds, as a new edit. What another device has changed since stays: only what the command
 *  did is taken back. Null when there is nothing to undo. Throws a `failure` where that is no longer the command with
 *  the id `expected`, which somebody was asked about. */
export function undoLastCommand(
  db: Database.Database,
  nowMs: number,
  { expected }: { expected?: number | undefined } = {},
): Undone | null {
  return transaction(db, () => {
    const command = lastUndoable(db);
    if (expected !== undefined && command?.id !== expected) {
      throw new MoodsyncError("failure", "Something else was changed in the meantime; nothing was undone.");
    }
    return command && undoCommand(db, nowMs, command);
  });
}

function undoCommand(db: Database.Database, nowMs: number, { id, name, ranAtMs }: UndoableCommand): Undone {
  setUndone(db, id, true);
  const changes = revert(db, { name: "undo", nowMs, reverts: id }, changesOf(db, id));
  return { command: name, ranAtMs, changes };
}

/** Reverts exactly these commands, the first one first in `ids`, as new edits. False, and nothing is changed, where others
 *  have changed something since the first of them, or one of them was undone. */
export function undoLastCommands(db: Database.Database, nowMs: number, ids: readonly number[]): boolean {
  return transaction(db, () => {
    const since = statement(
      db,
      `select id from commands
       where id >= ? and name not in ('undo', 'redo') and undone = 0
         and exists (select 1 from command_changes where command_id = commands.id)
       order by id`,
    )
      .pluck()
      .all(ids[0]);
    if (since.join() !== ids.join()) return false;
    for (const id of ids.toReversed()) undoLastCommand(db, nowMs, { expected: id });
    return true;
  });
}

/** Reverts the last undo, so that what it took back stands again, and can be undone again. Several undos are reverted one
 *  after the other, the last first. Null when there was none, or another command changed something since. */
export function redoLastUndo(db: Database.Database, nowMs: number): Undone | null {
  return transaction(db, () => {
    const undo = statement(
      db,
      `select undo.id, command.id as reverted, command.name, command.ran_at
       from commands as undo join commands as command on command.id = undo.reverts
       where undo.name = 'undo' and undo.undone = 0
         and undo.id > (select coalesce(max(id), 0) from commands where name not in ('undo', 'redo'))
       order by undo.id desc
       limit 1`,
    ).get() as (CommandRow & { reverted: number }) | undefined;
    if (!undo) return null;
    setUndone(db, undo.id, true);
    setUndone(db, undo.reverted, false);
    const changes = revert(db, { name: "redo", nowMs, reverts: undo.id }, changesOf(db, undo.id));
    return { command: undo.name, ranAtMs: undo.ran_at, changes };
  });
}

interface CommandRow {
  id: number;
  name: string;
  ran_at: number;
}

/** Notes that a command is undone, or is no longer. */
export function setUndone(db: Database.Database, commandId: number, undone: boolean): void {
  statement(db, "update commands set undone = ? where id = ?").run(undone ? 1 : 0, commandId);
}

function changesOf(db: Database.Database, commandId: number): ChangeRow[] {
  return statement(db, "select * from command_changes where command_id = ?").all(commandId) as ChangeRow[];
}

/** The entries that a command of this name made, and that stand as an undo of it left them: deleted, but not by a person
 *  who no longer wanted them. As `<entity type> <id>`. */
export function takenBack(db: Database.Database, name: string): Set<string> {
  const taken = new Set<string>();
  for (const entityType of ENTITY_TYPES) {
    for (const id of statement(db, TAKEN_BACK[entityType]).pluck().iterate(name) as Iterable<string>)
      taken.add(`${entityType} ${id}`);
  }
  return taken;
}

const TAKEN_BACK = mapEntityTypes(
  (entityType) => `select entity.id
    from commands as command
    join commands as undo on undo.reverts = command.id and undo.name = 'undo'
    join command_changes as change on change.command_id = undo.id and change.entity_type = '${entityType}'
    join ${ENTITY_TABLE[entityType]} as entity on entity.id = change.id
    where command.name = ? and command.undone = 1
      and entity.deleted_at is not null and entity.content_hash = change.after_hash`,
);

/** Takes back these changes of a command, as another command. An activity that it made stays where moods of others name it by
 *  now. */
function revert(
  db: Database.Database,
  command: { name: string; nowMs: number; reverts: number },
  changes: readonly ChangeRow[],
): Undone["changes"] {
  const [activities, others] = [true, false].map((wanted) =>
    changes.filter(({ entity_type }) => (entity_type === "Activity") === wanted),
  );
  return writeAs(db, command, (writer) => {
    function revertOne(change: ChangeRow): Undone["changes"][number] {
      const { entity_type: entityType, id } = change;
      const row = readRow(db, entityType, id)!;
      return { entityType, id, before: row.entity, after: revertChange(db, writer, { change, row }) };
    }
    const reverted = others!.map(revertOne);
    const named = activities!.some(({ before_hash }) => before_hash === null)
      ? countNamedActivities(db, Number.MIN_SAFE_INTEGER)
      : new Map();
    const unused = activities!.filter(({ before_hash, id }) => before_hash !== null || !named.has(id));
    return [...unused.map(revertOne), ...reverted];
  });
}

/** Takes back one change of what stands now, and returns what stands then; null where that is a deletion. */
export function revertChange(
  db: Database.Database,
  writer: Writer,
  { change, row }: { change: ChangeRow; row: StoredRow },
): Entity | null {
  const reverted = revertedEntity(db, row, change);
  if (!reverted) {
    writer.remove(row.entityType, row.id);
    return null;
  }
  if (row.entity && differencesBetween(row.entity, reverted).length === 0) return row.entity;
  return writer.put(row.entityType, reverted as EntityDraft<EntityType>);
}

/** What a command did to an entity; `before_hash` is null where it made it. */
export interface ChangeRow {
  entity_type: EntityType;
  id: string;
  before_hash: string | null;
  after_hash: string;
}

/** The entity without what the command did to it; null where it was not there, or deleted, before. */
function revertedEntity(db: Database.Database, row: StoredRow, change: ChangeRow): Entity | null {
  const before = change.before_hash === null ? null : contentOf(db, row, change.before_hash);
  if (!before) return null;
  const after = contentOf(db, row, change.after_hash);
  if (!row.entity || !after) return before;
  const { base, mine } = sidesOfUndo(db, row, { ...change, before, after });
  // Of the same time, so that what was edited since stays.
  const reverted = restamp(liveVersion(row.entityType, mine), row.updatedAtMs);
  return mergeVersions({ base, mine: reverted, theirs: row }).entity;
}

/** What is to be replaced by what. Where sync merged what the command wrote with another device's edit of the same field,
 *  that edit takes its place: reverting the command in a merged text would leave one that nobody wrote. So would reverting
 *  it in a note that was edited since, which therefore stays. */
function sidesOfUndo(
  db: Database.Database,
  row: StoredRow,
  { after_hash, before, after }: ChangeRow & { before: Entity; after: Entity },
): { base: Entity; mine: Entity } {
  const merge = findMerge(db, row, after_hash);
  const now = row.entity as unknown as Fields;
  const [base, mine] = [{ ...after }, { ...before }] as unknown as [Fields, Fields];
  for (const { field } of differencesBetween(before, after)) {
    if (merge && !merge.earlier.some((entity) => isSame(entity[field], merge.theirs[field]))) {
      base[field] = merge.merged[field];
      mine[field] = merge.theirs[field];
    }
    if (field === "note" && !isSame(now.note, base.note)) mine.note = base.note;
  }
  return { base, mine } as unknown as { base: Entity; mine: Entity };
}

type Fields = Record<string, unknown>;

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

/** The merge of a version: the other side, the result, and what stood here earlier than the version. A field of the
 *  other side that is as it was earlier was not edited there. Null where sync merged the version with nothing. */
function findMerge(
  db: Database.Database,
  row: StoredRow,
  hash: string,
): { merged: Fields; theirs: Fields; earlier: Fields[] } | null {
  const { entityType, id } = row;
  const found = statement(
    db,
    `select mine.updated_at, theirs.content_hash, theirs.content, theirs.winner_hash
     from entity_history as mine
     join entity_history as theirs using (entity_type, id, winner_hash)
     where entity_type = ? and id = ? and mine.content_hash = ? and mine.outcome = 'merged'
       and theirs.outcome = 'replaced' and theirs.reason is not null and theirs.deleted = 0`,
  ).get(entityType, id, hash) as
    | { updated_at: number; content_hash: string; content: string; winner_hash: string }
    | undefined;
  const merged = found && contentOf(db, row, found.winner_hash);
  if (!merged) return null;
  const earlier = listHistory(db, entityType, id).flatMap(({ content, contentHash, updatedAtMs }) =>
    content && contentHash !== found.content_hash && updatedAtMs < found.updated_at
      ? [content as unknown as Fields]
      : [],
  );
  return { merged: merged as unknown as Fields, theirs: parseStored(found.content), earlier };
}

/** What a version held; null for a deletion, and for one that is no longer known. */
function contentOf(db: Database.Database, row: StoredRow, hash: string): Entity | null {
  if (row.contentHash === hash) return row.entity;
  const past = listHistory(db, row.entityType, row.id).find(({ contentHash }) => contentHash === hash);
  return past && !past.deleted ? past.content : null;
}
