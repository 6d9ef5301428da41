import { readRow, type StoredRow } from "../local/versions/rows.ts";
import { writeAs } from "../local/versions/write.ts";
import type { AsCommand, Entries, EntryRef } from "./entries.ts";

/** Deletes all of the entries or none, and returns their rows as they stand then, each once, in the order given.
 *  `restoreEntry` brings one back and `undoLast` all of them. One that another process has deleted meanwhile stays so. */
export function deleteEntries(
  { db, nowMs }: Entries,
  targets: readonly EntryRef[],
  { command = "delete" }: AsCommand = {},
): StoredRow[] {
  const targetById = new Map(targets.map((target) => [`${target.entityType} ${target.id}`, target]));
  return writeAs(db, { name: command, nowMs }, (writer) =>
    [...targetById.values()].flatMap(({ entityType, id }) => {
      writer.remove(entityType, id);
      return readRow(db, entityType, id) ?? [];
    }),
  );
}
