import type Database from "better-sqlite3";
import type { Entity, EntityByType } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { canonicalJson } from "../domain/versions/canonical.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { type Writer, writeAs } from "../local/versions/write.ts";

/** What an edit came to: the entity as it stands now, and whether that is a new version. */
export interface Edited {
  entityType: EntityType;
  entity: Entity;
  isChanged: boolean;
}

/** Edits one live entity in one transaction, as the command `name`, from the version that stands now. What changes
 *  nothing makes no new version. Throws what `find` and `change` throw; nothing is stored then. */
export function editEntry(
  db: Database.Database,
  given: {
    name: string;
    nowMs: number;
    find(): StoredRow;
    /** The entity with its changes; `writer` stores what they need, like a new activity. */
    change(row: StoredRow, writer: Writer): Entity;
  },
): Edited {
  const { name, nowMs, find, change } = given;
  return writeAs(db, { name, nowMs }, (writer) => {
    const row = find();
    const { entityType } = row;
    const entity = row.entity!;
    const edited = withActivitiesInOrder(entityType, entity, change(row, writer));
    if (canonicalJson(edited) === canonicalJson(entity)) return { entityType, entity, isChanged: false };
    const stored: Entity = writer.put(entityType, edited as EntityByType[typeof entityType]);
    return { entityType, entity: stored, isChanged: true };
  });
}

/** The order of a mood's activities says nothing, so the same ones in another order are no change. */
function withActivitiesInOrder(entityType: EntityType, before: Entity, after: Entity): Entity {
  if (entityType !== "MoodEntry") return after;
  const [earlier, later] = [(before as MoodEntry).activities, (after as MoodEntry).activities];
  const areSame = earlier.length === later.length && earlier.every((id) => later.includes(id));
  return areSame ? ({ ...after, activities: earlier } as MoodEntry) : after;
}
