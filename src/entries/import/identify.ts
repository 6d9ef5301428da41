import type { Entity } from "../../domain/entities/entity.ts";
import { importedId } from "../../domain/entities/natural-key.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import type { StagedRow } from "../../local/storage/staged-rows.ts";
import { findPastVersion } from "../../local/versions/history.ts";
import { readRow } from "../../local/versions/rows.ts";
import type { Entries } from "../entries.ts";
import type { StagedDraft, StagedEntity, StagedPastVersion } from "./staged-draft.ts";

/** As what an import stands in the list of commands. */
export const IMPORT_COMMAND = "import";

/** What an entry of a file is on this device: not there yet, there already (also where it was edited or deleted since), or
 *  there with what the source has changed since it was imported. */
export type ImportStatus = "new" | "duplicate" | "changed";

/** The id of an entry of a file, which is the same on every device, and what it is on this one. `undone` is what
 *  `takenBack` finds: deleted, but not by a person who did not want it. */
export function identify(
  { db }: Entries,
  { draft, row, undone }: { draft: StagedEntity; row: StagedRow<StagedDraft>; undone: ReadonlySet<string> },
): { id: string; status: ImportStatus } {
  const { entityType } = draft;
  const id = draft.isWhole
    ? (draft.entity as Entity).id
    : row.number === 1
      ? row.key
      : importedId(row.key, row.number);
  const stored = readRow(db, entityType, id);
  if (!stored || undone.has(`${entityType} ${id}`)) {
    return { id, status: row.isRepeated && !draft.isWhole ? "duplicate" : "new" };
  }
  if (draft.isWhole) {
    // As in a sync the later version stays.
    const isLater = timestampToMs((draft.entity as Entity).metadata.updated_at) > stored.updatedAtMs;
    return { id, status: isLater ? "new" : "duplicate" };
  }
  const { hash } = (stored.entity as { import?: { hash?: unknown } } | null)?.import ?? {};
  const isChanged = draft.hash !== undefined && hash !== undefined && hash !== draft.hash;
  return { id, status: isChanged ? "changed" : "duplicate" };
}

/** Whether a version that no longer stands is in the history of this device already. */
export function isKnownVersion({ db }: Entries, { version }: StagedPastVersion): boolean {
  return findPastVersion(db, version.entityType, version.id, version) !== null;
}
