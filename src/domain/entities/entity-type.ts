/** The kinds of thing that are synced, as they are called on the wire. */
export const ENTITY_TYPES = ["Activity", "MoodEntry", "AssessmentEntry", "Schedule"] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

/** The table of every entity type, in SQLite as in PostgreSQL. */
export const ENTITY_TABLE = {
  Activity: "activities",
  MoodEntry: "mood_entries",
  AssessmentEntry: "assessments",
  Schedule: "schedules",
} as const satisfies Record<EntityType, string>;

/** Whether this version knows the entity type; a newer device may send others. */
export function isEntityType(name: unknown): name is EntityType {
  return (ENTITY_TYPES as readonly unknown[]).includes(name);
}
