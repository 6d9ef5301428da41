import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { importedId } from "../../domain/entities/natural-key.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import type { StagedRow } from "../../local/storage/staged-rows.ts";
import { findPastVersion } from "../../local/versions/history.ts";
import { idsOfRows, lastRowOf, readRow } from "../../local/versions/rows.ts";
import type { Entries } from "../entries.ts";
import type { StagedDraft, StagedEntity, StagedPastVersion } from "./staged-draft.ts";

/** As what an import stands in the list of commands. */
export const IMPORT_COMMAND = "import";

/** What an entry of a file is on this device: not there yet, there already (also where it was edited or deleted since), or
 *  there with what the source has changed since it was imported. */
export type ImportStatus = "new" | "duplicate" | "changed";

/** An entry of a file, by its id, which is the same on every device. */
export interface IdentifiedEntity {
  draft: StagedEntity;
  id: string;
  status: ImportStatus;
  /** Whether this device has a row of it, be it a deleted one. */
  isHere: boolean;
}

/** Rows whose ids are looked up together. */
const ROWS_AT_ONCE = 1000;

/** What the rows of a file are on this device, one after the other. Rows may be stored meanwhile, as they come. `undone` is
 *  what `takenBack` finds: deleted, but not by a person who did not want it. */
export function* identifyRows(
  entries: Entries,
  rows: Iterable<StagedRow<StagedDraft>>,
  undone: ReadonlySet<string>,
): Generator<IdentifiedEntity | StagedPastVersion, void> {
  // What is stored meanwhile comes from the file, and is found by its being repeated there.
  const absent = new Set(ENTITY_TYPES.filter((entityType) => lastRowOf(entries.db, entityType) === 0));
  let waiting: StagedRow<StagedDraft>[] = [];
  for (const row of rows) {
    waiting.push(row);
    if (waiting.length < ROWS_AT_ONCE) continue;
    yield* identifyTogether(entries, waiting, { undone, absent });
    waiting = [];
  }
  yield* identifyTogether(entries, waiting, { undone, absent });
}

function* identifyTogether(
  { db }: Entries,
  rows: readonly StagedRow<StagedDraft>[],
  { undone, absent }: { undone: ReadonlySet<string>; absent: ReadonlySet<EntityType> },
): Generator<IdentifiedEntity | StagedPastVersion, void> {
  const ids = rows.map(idOf);
  const idsByType = new Map<EntityType, string[]>();
  for (const [index, { content }] of rows.entries()) {
    if (content.isPast || absent.has(content.entityType)) continue;
    const ofType = idsByType.get(content.entityType);
    if (ofType) ofType.push(ids[index]!);
    else idsByType.set(content.entityType, [ids[index]!]);
  }
  const here = new Map([...idsByType].map(([type, ofType]) => [type, idsOfRows(db, type, ofType)]));
  for (const [index, row] of rows.entries()) {
    const draft = row.content;
    if (draft.isPast) {
      yield draft;
      continue;
    }
    const id = ids[index]!;
    const { entityType } = draft;
    // An earlier row may have been stored under the id since.
    const isHere = here.get(entityType)?.has(id) || (row.isRepeated && readRow(db, entityType, id) !== null);
    const isKnown = isHere && !undone.has(`${entityType} ${id}`);
    const status = isKnown
      ? statusOfKnown(db, draft, id)
      : row.isRepeated && !draft.isWhole
        ? "duplicate"
        : "new";
    yield { draft, id, status, isHere };
  }
}

function idOf({ key, number, content }: StagedRow<StagedDraft>): string {
  if (!content.isPast && content.isWhole) return (content.entity as Entity).id;
  return number === 1 ? key : importedId(key, number);
}

function statusOfKnown(db: Entries["db"], draft: StagedEntity, id: string): ImportStatus {
  if (!draft.isWhole && draft.hash === undefined) return "duplicate";
  const stored = readRow(db, draft.entityType, id)!;
  if (draft.isWhole) {
    // As in a sync the later version stays.
    const isLater = timestampToMs((draft.entity as Entity).metadata.updated_at) > stored.updatedAtMs;
    return isLater ? "new" : "duplicate";
  }
  const { hash } = (stored.entity as { import?: { hash?: unknown } } | null)?.import ?? {};
  return hash !== undefined && hash !== draft.hash ? "changed" : "duplicate";
}

/** Whether a version that no longer stands is in the history of this device already. */
export function isKnownVersion({ db }: Entries, { version }: StagedPastVersion): boolean {
  return findPastVersion(db, version.entityType, version.id, version) !== null;
}
