import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { csvRow } from "./csv.ts";

/** The columns of each type, beside `entity_type`, `id` and `deleted_at`. */
const COLUMNS: Record<EntityType, readonly string[]> = {
  MoodEntry: ["recorded_at", "value", "activities", "note"],
  AssessmentEntry: ["taken_at", "assessment_type", "score", "severity"],
  Activity: ["label", "color_hex", "icon"],
  Schedule: ["assessment_type", "frequency", "enabled", "next_due_at"],
};

/** How entities of some types become rows of one table, which has the columns of all of them. */
export function entityCsv(entityTypes: readonly EntityType[]) {
  const columns = [...new Set(entityTypes.flatMap((entityType) => COLUMNS[entityType]))];
  return {
    heading: csvRow(["entity_type", "id", ...columns, "deleted_at"]),
    /** `labels` are those of the activities of a mood, in its order. */
    row(entityType: EntityType, entity: Entity, labels: readonly string[]): string {
      const fields = { ...entity, activities: labels.join("; ") } as Record<string, unknown>;
      const isOwn = (column: string) => COLUMNS[entityType].includes(column);
      const cells = columns.map(
        (column) => (isOwn(column) ? (fields[column] ?? null) : null) as string | null,
      );
      return csvRow([entityType, entity.id, ...cells, entity.metadata.deleted_at]);
    },
  };
}
