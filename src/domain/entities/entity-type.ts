/** The kinds of thing that are synced, as they are called on the wire. */
export const ENTITY_TYPES = ["Activity", "MoodEntry", "AssessmentEntry", "Schedule"] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

/** Whether this version knows the entity type; a newer device may send others. */
export function isEntityType(name: unknown): name is EntityType {
  return (ENTITY_TYPES as readonly unknown[]).includes(name);
}
