import type { EntityType } from "../domain/entities/entity-type.ts";

/** What people call the entities of a type. */
export const KIND_WORDS: Readonly<Record<EntityType, readonly [one: string, several: string]>> = {
  MoodEntry: ["mood", "moods"],
  AssessmentEntry: ["assessment", "assessments"],
  Activity: ["activity", "activities"],
  Schedule: ["schedule", "schedules"],
};

/** The same for one of a type that this version may not know. */
export function kindWord(entityType: string): string {
  return KIND_WORDS[entityType as EntityType]?.[0] ?? "entry";
}
