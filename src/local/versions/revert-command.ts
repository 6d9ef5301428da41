import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { canonicalJson } from "../../domain/versions/canonical.ts";
import { differencesBetween } from "../../domain/versions/difference.ts";
import { mergeVersions, restamp } from "../../domain/versions/merge-versions.ts";
import { liveVersion } from "../../domain/versions/version.ts";
import { countNamedActivities } from "../queries/named-activities.ts";
import { statement } from "../storage/statements.ts";
import { parseStored } from "../storage/stored-json.ts";
import { listHistory } from "./history.ts";
import { readRow, type StoredRow } from "./rows.ts";
import type { EntityDraft, Writer } from "./write.ts";

/** An entity before and after a command was taken back; null where it is deleted. */
export interface RevertedChange {
  entityType: EntityType;
  id: string;
  before: Entity | null;
  after: Entity | null;
}

/** What a command did to an entity; `before_hash` is null where it made it. */
export interface ChangeRow {
  entity_type: EntityType;
  id: string;
  before_hash: string | null;
  after_hash: string;
}

/** Takes back what a command changed, as another one, in steps. An activity that it made stays where moods of others name
 *  it by now, and so does what `isKept` says. */
export function* revertCommand(
  db: Database.Database,
  writer: Writer,
  given: {
    id: number;
    isKept?(change: ChangeRow, row: StoredRow): boolean;
    onReverted(change: RevertedChange): void;
  },
): Generator<void, void> {
  const { id: commandId, isKept, onReverted } = given;
  let named: ReadonlyMap<string, number> | undefined;
  function isInUse({ entity_type, id, before_hash }: ChangeRow): boolean {
    if (entity_type !== "Activity" || before_hash !== null) return false;
    named ??= countNamedActivities(db, Number.MIN_SAFE_INTEGER);
    return named.has(id);
  }
  for (const changes of changesInSteps(db, commandId)) {
    for (const change of changes) {
      const { entity_type: entityType, id } = change;
      const row = readRow(db, entityType, id)!;
      if (isKept?.(change, row) || isInUse(change)) continue;
      onReverted({ entityType, id, before: row.entity, after: revertChange(db, writer, { change, row }) });
    }
    yield;
  }
}

/** Activities last: moods that are taken back, too, name them no longer. */
const IN_TURN = ["MoodEntry", "AssessmentEntry", "Schedule", "Activity"] as const satisfies EntityType[];

/** Changes that are read together: a statement that is open keeps others from writing. */
const CHANGES_A_STEP = 500;

/** What a command changed, some of it at a time, in the order in which it is taken back. */
export function* changesInSteps(db: Database.Database, commandId: number): Generator<ChangeRow[], void> {
  for (const entityType of IN_TURN) {
    for (let lastId = ""; ; ) {
      const changes = statement(
        db,
        `select * from command_changes
         where command_id = ? and entity_type = ? and id > ?
         order by id
         limit ?`,
      ).all(commandId, entityType, lastId, CHANGES_A_STEP) as ChangeRow[];
      if (changes.length === 0) break;
      yield changes;
      lastId = changes.at(-1)!.id;
    }
  }
}

/** How many entities a command changed. */
export function countChanges(db: Database.Database, commandId: number): number {
  return statement(db, "select count(*) from command_changes where command_id = ?")
    .pluck()
    .get(commandId) as number;
}

/** Takes back one change of what stands now, and returns what stands then; null where that is a deletion. */
function revertChange(
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

/** Whether an entity is as the command left it, also after an undo and a redo. */
export function isAsLeft(db: Database.Database, { after_hash }: ChangeRow, row: StoredRow): boolean {
  if (row.contentHash === after_hash) return true;
  const after = contentOf(db, row, after_hash);
  return row.entity !== null && after !== null && differencesBetween(row.entity, after).length === 0;
}

/** The entity without what the command did to it; null where it was not there, or deleted, before, and where it was deleted
 *  since. One that the command deleted and that was brought back since is left as it is. */
function revertedEntity(db: Database.Database, row: StoredRow, change: ChangeRow): Entity | null {
  const before = change.before_hash === null ? null : contentOf(db, row, change.before_hash);
  if (!before) return null;
  const after = contentOf(db, row, change.after_hash);
  if (!row.entity) return after ? null : before;
  if (!after) return row.entity;
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
