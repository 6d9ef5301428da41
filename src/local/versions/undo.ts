import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { transaction, transactionInSteps } from "../storage/database.ts";
import { mapEntityTypes } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { toEnd } from "../storage/to-end.ts";
import { type RevertedChange, revertCommand } from "./revert-command.ts";
import { writeInTransaction } from "./write.ts";

/** The command that was undone or done again. */
export interface Undone {
  command: string;
  /** When the command ran, in ms since 1970. */
  ranAtMs: number;
}

/** The command that an undo takes back. */
export interface UndoableCommand {
  id: number;
  name: string;
  ranAtMs: number;
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
  return command ? { id: command.id, name: command.name, ranAtMs: command.ran_at } : null;
}

/** Gets each change as it is made; there may be a million. */
type OnReverted = (change: RevertedChange) => void;

export interface UndoOptions {
  /** The command that somebody was asked about. */
  expected?: number | undefined;
  onReverted?: OnReverted | undefined;
}

/** Reverts what `lastUndoable` finds, as a new edit, in steps and all or nothing. What another device has changed since
 *  stays: only what the command did is taken back. Null when there is nothing to undo. Throws a `failure` where that is no
 *  longer the command with the id `expected`. */
export function undoLastCommand(
  db: Database.Database,
  nowMs: number,
  options: UndoOptions = {},
): Generator<void, Undone | null> {
  return transactionInSteps(db, () => undoInTransaction(db, nowMs, options));
}

function* undoInTransaction(
  db: Database.Database,
  nowMs: number,
  { expected, onReverted }: UndoOptions,
): Generator<void, Undone | null> {
  const command = lastUndoable(db);
  if (expected !== undefined && command?.id !== expected) {
    throw new MoodsyncError("failure", "Something else was changed in the meantime; nothing was undone.");
  }
  if (!command) return null;
  setUndone(db, command.id, true);
  yield* revert(db, { name: "undo", nowMs, reverts: command.id }, onReverted);
  return { command: command.name, ranAtMs: command.ranAtMs };
}

function revert(
  db: Database.Database,
  command: { name: "undo" | "redo"; nowMs: number; reverts: number },
  onReverted: OnReverted = () => {},
): Generator<void, void> {
  return writeInTransaction(db, command, (writer) =>
    revertCommand(db, writer, { id: command.reverts, onReverted }),
  );
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
    for (const id of ids.toReversed()) toEnd(undoInTransaction(db, nowMs, { expected: id }));
    return true;
  });
}

/** Reverts the last undo, in steps and all or nothing, so that what it took back stands again, and can be undone again. Several undos are reverted one
 *  after the other, the last first. Null when there was none, or another command changed something since. */
export function redoLastUndo(
  db: Database.Database,
  nowMs: number,
  { onReverted }: Pick<UndoOptions, "onReverted"> = {},
): Generator<void, Undone | null> {
  return transactionInSteps(db, function* () {
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
    yield* revert(db, { name: "redo", nowMs, reverts: undo.id }, onReverted);
    return { command: undo.name, ranAtMs: undo.ran_at };
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
