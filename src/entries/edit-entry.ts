import type { Activity } from "../domain/entities/activity.ts";
import type { Entity, EntityByType } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { canonicalJson } from "../domain/versions/canonical.ts";
import { readRow } from "../local/versions/rows.ts";
import { writeAs } from "../local/versions/write.ts";
import { chooseActivities } from "./activities.ts";
import { applyEdit, type EditByType, type MoodEdit } from "./apply-edit.ts";
import type { AsCommand, Entries, EntryRef } from "./entries.ts";

/** What an edit came to: the entity as it stands now, whether that is a new version, and the activities that were
 *  created for it. */
export interface Edited<T extends EntityType> {
  entity: EntityByType[T];
  isChanged: boolean;
  created: Activity[];
}

/** Changes the named fields of an entry as it stands now; another process may have changed it meanwhile. What changes
 *  nothing makes no new version. Throws `not_found` where it is deleted, `SimilarLabel`, and `invalid_input` for what no
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
    const activities = entityType === "MoodEntry" ? (edit as MoodEdit).activities : undefined;
    const chosen = activities && chooseActivities(db, writer, activities);
    const edited = applyEdit(entityType, entity, edit, chosen && inEarlierOrder(chosen.ids, entity));
    const isChanged = canonicalJson(edited) !== canonicalJson(entity);
    const stands = isChanged ? writer.put(entityType, edited as EntityByType[T]) : entity;
    return { entity: stands as EntityByType[T], isChanged, created: chosen?.created ?? [] };
  });
}

/** The order of a mood's activities says nothing, so the same ones in another order are no change. */
function inEarlierOrder(ids: string[], mood: Entity): string[] {
  const earlier = (mood as MoodEntry).activities;
  const areSame = earlier.length === ids.length && earlier.every((id) => ids.includes(id));
  return areSame ? earlier : ids;
}
