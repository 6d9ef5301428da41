import type Database from "better-sqlite3";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { mapEntityTypes } from "../storage/entity-tables.ts";
import { statement } from "../storage/statements.ts";
import { isAsLeft, revertCommand } from "./revert-command.ts";
import { setUndone } from "./undo.ts";
import { writeInSteps } from "./write.ts";

/** A command of this device that stands, and may have changed a million entities. */
export interface Batch {
  id: number;
  ranAtMs: number;
  /** How many entities of each type it changed. */
  changed: Record<EntityType, number>;
}

/** What came of taking a batch back. */
export interface UndoneBatch {
  ranAtMs: number;
  /** How many entities of each type were taken back. */
  reverted: Record<EntityType, number>;
  /** How many were left as they are, because they were edited since. */
  kept: number;
}

/** The commands with this name that changed something and were not undone, the last first. */
export function listBatches(db: Database.Database, name: string): Batch[] {
  const rows = statement(
    db,
    `select command.id, command.ran_at, change.entity_type, count(*) as entities
     from commands as command join command_changes as change on change.command_id = command.id
     where command.name = ? and command.undone = 0
     group by command.id, change.entity_type
     order by command.id desc`,
  ).all(name) as { id: number; ran_at: number; entity_type: EntityType; entities: number }[];
  const batches: Batch[] = [];
  for (const { id, ran_at, entity_type, entities } of rows) {
    if (batches.at(-1)?.id !== id) batches.push({ id, ranAtMs: ran_at, changed: mapEntityTypes(() => 0) });
    batches.at(-1)!.changed[entity_type] = entities;
  }
  return batches;
}

/** Reverts one of what `listBatches` finds, in steps and all or nothing, but leaves what was edited since, here or on another
 *  device, as it is. Null where the command with this id is none of them. */
export function undoBatch(
  db: Database.Database,
  nowMs: number,
  { name, id }: { name: string; id: number },
): Generator<void, UndoneBatch | null> {
  return writeInSteps(db, { name: "undo", nowMs, reverts: id }, function* (writer) {
    const batch = listBatches(db, name).find((one) => one.id === id);
    if (!batch) return null;
    setUndone(db, id, true);
    const undone: UndoneBatch = { ranAtMs: batch.ranAtMs, reverted: mapEntityTypes(() => 0), kept: 0 };
    yield* revertCommand(db, writer, {
      id,
      isKept(change, row) {
        // What was deleted since is gone either way.
        const isEdited = !row.deleted && !isAsLeft(db, change, row);
        if (isEdited) undone.kept += 1;
        return isEdited;
      },
      onReverted({ entityType }) {
        undone.reverted[entityType] += 1;
      },
    });
    return undone;
  });
}
