import type { EntityType } from "../domain/entities/entity-type.ts";
import { counted } from "./number-words.ts";

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

/** "12 moods, 1 assessment, 3 activities and 1 schedule"; without kinds of which there are none. */
export function entityCounts(counts: Readonly<Record<EntityType, number>>): string {
  const parts = (Object.keys(KIND_WORDS) as EntityType[])
    .filter((entityType) => counts[entityType] > 0)
    .map((entityType) => counted(counts[entityType], ...KIND_WORDS[entityType]));
  if (parts.length === 0) return "no entries";
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
