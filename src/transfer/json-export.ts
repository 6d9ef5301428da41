import type Database from "better-sqlite3";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { listRows } from "../local/queries/list-rows.ts";

/** Everything of this device in wire shape. `version` grows when the shape changes. */
export interface JsonExport {
  format: "moodsync-export";
  version: 1;
  entities: {
    activities: Entity[];
    mood_entries: Entity[];
    assessments: Entity[];
    schedules: Entity[];
  };
}

/** The live entities as they stand at one moment, each kind sorted by id; with `deleted` also the deleted ones whose
 *  content is known here. */
export function exportEntities(
  db: Database.Database,
  options: { deleted?: boolean | undefined },
): JsonExport {
  const sorted = (entityType: EntityType) =>
    listRows(db, entityType, options)
      .map((row) => row.content!)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  const read = db.transaction(() => ({
    activities: sorted("Activity"),
    mood_entries: sorted("MoodEntry"),
    assessments: sorted("AssessmentEntry"),
    schedules: sorted("Schedule"),
  }));
  return { format: "moodsync-export", version: 1, entities: read() };
}
