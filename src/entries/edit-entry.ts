import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import type { Entity, EntityByType } from "../domain/entities/entity.ts";
import { unreadableFields } from "../domain/entities/entity-problem.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { canonicalJson } from "../domain/versions/canonical.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { readRow } from "../local/versions/rows.ts";
import { writeAs } from "../local/versions/write.ts";
import { changeActivities, chooseActivities, matchLabel } from "./activities.ts";
import { type ActivityEdit, applyEdit, type EditByType, type MoodEdit } from "./apply-edit.ts";
import type { AsCommand, Entries, EntryRef } from "./entries.ts";

/** What an edit came to: the entity as it stands now, whether that is a new version, and the activities that were
 *  created for it. */
export interface Edited<T extends EntityType> {
  entity: EntityByType[T];
  isChanged: boolean;
  created: Activity[];
}

/** Changes the named fields of an entry as it stands now; another process may have changed it meanwhile. What changes
 *  nothing makes no new version. Throws `not_found` where it is deleted, `SimilarLabel`, `LabelTaken`, and `invalid_input` for what no
 *  server would store. */
export function editEntry<T extends EntityType>(
  { db, nowMs }: Entries,
  { entityType, id }: EntryRef<T>,
  edit: EditByType[T],
  { command = "edit" }: AsCommand = {},
): Edited<T> {
  return writeAs(db, { name: command, nowMs }, (writer) => {
    const entity = readRow(db, entityType, id)?.entity;
    if (!entity) throw new MoodsyncError("not_found", "That entry has been deleted in the meantime.");
    if (entityType === "Activity") requireFreeLabel(db, id, (edit as ActivityEdit).label);
    const activities = entityType === "MoodEntry" ? (edit as MoodEdit).activities : undefined;
    const earlier = (entity as MoodEntry).activities;
    const chosen =
      activities &&
      ("added" in activities
        ? changeActivities(db, writer, { earlier, change: activities })
        : chooseActivities(db, writer, activities));
    const edited = applyEdit(entityType, entity, edit, chosen && inEarlierOrder(db, chosen.ids, entity));
    const isChanged = canonicalJson(edited) !== canonicalJson(entity);
    const stands = isChanged
      ? writer.put(entityType, withoutUnreadable(entityType, entity, edited) as EntityByType[T])
      : entity;
    return { entity: stands as EntityByType[T], isChanged, created: chosen?.created ?? [] };
  });
}

/** Without what an earlier version kept unread and this one finds to be no value of that field, so that the rest can be
 *  edited. History keeps it. A value that the edit itself gives stays, and is checked. */
function withoutUnreadable(entityType: EntityType, before: Entity, edited: Entity): Entity {
  const kept: Record<string, unknown> = { ...edited };
  for (const name of unreadableFields(entityType, before)) {
    if (kept[name] === (before as unknown as Record<string, unknown>)[name]) delete kept[name];
  }
  return kept as unknown as Entity;
}

/** Another activity has the label that one was to get. */
export class LabelTaken extends MoodsyncError {
  /** The other one. */
  readonly activityId: string;

  constructor(activityId: string) {
    super("invalid_input", "Another activity has that label already; nothing was changed.", {
      hint: "`moodsync activity merge` makes one of the two.",
    });
    this.activityId = activityId;
  }
}

/** One that was merged into another has no label of its own any more. */
function requireFreeLabel(db: Database.Database, id: string, label: string | undefined): void {
  const match = label === undefined ? null : matchLabel(db, label);
  if (match?.status !== "known" || match.activity.id === id) return;
  if (match.activity.id === match.countsFor.id) throw new LabelTaken(match.activity.id);
}

/** The order of a mood's activities says nothing, and neither does whether it names one that was merged or what that was
 *  merged into, so the same ones in other words are no change. */
function inEarlierOrder(db: Database.Database, ids: string[], mood: Entity): string[] {
  const earlier = (mood as MoodEntry).activities;
  const byId = activitiesById(db);
  const meant = (named: readonly string[]) => new Set(named.map((id) => byId.get(id)?.id ?? id));
  const [before, after] = [meant(earlier), meant(ids)];
  return before.size === after.size && [...before].every((id) => after.has(id)) ? earlier : ids;
}
