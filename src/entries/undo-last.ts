import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { mapEntityTypes } from "../local/storage/entity-tables.ts";
import { changesInSteps, countChanges, type RevertedChange } from "../local/versions/revert-command.ts";
import { readRow } from "../local/versions/rows.ts";
import {
  lastUndoable,
  redoLastUndo,
  type Undone,
  type UndoOptions,
  undoLastCommand,
} from "../local/versions/undo.ts";
import type { Entries, EntryRef } from "./entries.ts";
import { recentResult } from "./safety-notice.ts";

/** What was undone or done again, as much of it as is said: a command may have changed a million entries. */
export interface UndoneSummary extends Undone {
  /** The first few changes, moods before the activities that they name. */
  first: readonly RevertedChange[];
  /** How many entries of each type were changed. */
  changed: Record<EntityType, number>;
  /** The results that came back, as `recentResult` says. */
  recentResults: readonly AssessmentEntry[];
}

const FIRST_CHANGES = 8;

/** Takes back what the last command on this device changed, in steps, as a new edit that syncs; what another device has
 *  changed since stays. Null when there is nothing to undo. Throws a `failure` where the command is no longer that with the
 *  id `expected`. `onReverted` gets every change; they are stored when the work is done. */
export function undoLast(
  { db, nowMs }: Entries,
  { expected, onReverted }: UndoOptions = {},
): Generator<void, UndoneSummary | null> {
  return summarise(nowMs, onReverted, (note) => undoLastCommand(db, nowMs, { expected, onReverted: note }));
}

/** Does again what the last undo took back, unless another command changed something since. Several undos are taken back
 *  one after the other. Null when there is nothing to do again. */
export function redoLast(
  { db, nowMs }: Entries,
  { onReverted }: Pick<UndoOptions, "onReverted"> = {},
): Generator<void, UndoneSummary | null> {
  return summarise(nowMs, onReverted, (note) => redoLastUndo(db, nowMs, { onReverted: note }));
}

function* summarise(
  nowMs: number,
  onReverted: UndoOptions["onReverted"],
  work: (note: (change: RevertedChange) => void) => Generator<void, Undone | null>,
): Generator<void, UndoneSummary | null> {
  const first: RevertedChange[] = [];
  const changed = mapEntityTypes(() => 0);
  const recentResults: AssessmentEntry[] = [];
  const undone = yield* work((change) => {
    // Another device has deleted it since: it is gone either way.
    if (!change.before && !change.after) return;
    if (first.length < FIRST_CHANGES) first.push(change);
    changed[change.entityType] += 1;
    const result = recentResult(change, nowMs);
    if (result) recentResults.push(result);
    onReverted?.(change);
  });
  return undone && { ...undone, first, changed, recentResults };
}

/** What `undoLast` would take back: the command's id, when it ran, how many entries it changed, and the first of them, as
 *  that stands now or stood before it was deleted. Null when there is nothing to undo. */
export function previewUndo({ db }: Entries): {
  id: number;
  ranAtMs: number;
  count: number;
  first: (EntryRef & { content: Entity }) | null;
} | null {
  const command = lastUndoable(db);
  if (!command) return null;
  const { id: commandId, ranAtMs } = command;
  const preview = { id: commandId, ranAtMs, count: countChanges(db, commandId) };
  for (const changes of changesInSteps(db, commandId)) {
    for (const { entity_type: entityType, id } of changes) {
      const content = readRow(db, entityType, id)?.content;
      if (content) return { ...preview, first: { entityType, id, content } };
    }
  }
  return { ...preview, first: null };
}
