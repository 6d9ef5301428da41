import type { Entity } from "../domain/entities/entity.ts";
import { readRow } from "../local/versions/rows.ts";
import { lastUndoable, redoLastUndo, type Undone, undoLastCommand } from "../local/versions/undo.ts";
import type { Entries, EntryRef } from "./entries.ts";

/** Takes back what the last command on this device changed, as a new edit that syncs; what another device has changed
 *  since stays. Null when there is nothing to undo. Throws a `failure` where the command is no longer that with the id
 *  `expected`. */
export function undoLast({ db, nowMs }: Entries, { expected }: { expected?: number } = {}): Undone | null {
  return undoLastCommand(db, nowMs, { expected });
}

/** Does again what the last undo took back, unless another command changed something since. Several undos are taken back
 *  one after the other. Null when there is nothing to do again. */
export function redoLast({ db, nowMs }: Entries): Undone | null {
  return redoLastUndo(db, nowMs);
}

/** What `undoLast` would take back: the command's id, when it ran, and what it changed, as that stands now or stood
 *  before it was deleted. Null when there is nothing to undo. */
export function previewUndo({ db }: Entries): {
  id: number;
  ranAtMs: number;
  entries: (EntryRef & { content: Entity })[];
} | null {
  const command = lastUndoable(db);
  if (!command) return null;
  const entries = command.changed.flatMap(({ entityType, id }) => {
    const content = readRow(db, entityType, id)?.content;
    return content ? [{ entityType, id, content }] : [];
  });
  return { id: command.id, ranAtMs: command.ranAtMs, entries };
}
