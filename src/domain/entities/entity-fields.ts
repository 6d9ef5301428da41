import { ACTIVITY_FIELDS } from "./activity.ts";
import { ASSESSMENT_ENTRY_FIELDS } from "./assessment-entry.ts";
import type { EntityType } from "./entity-type.ts";
import type { Field, Fields } from "./field.ts";
import { MOOD_ENTRY_FIELDS } from "./mood-entry.ts";
import { SCHEDULE_FIELDS } from "./schedule.ts";

/** The fields of every entity type but `metadata`, in the order in which they are printed. */
export const ENTITY_FIELDS: Readonly<Record<EntityType, Readonly<Record<string, Field>>>> = {
  Activity: ACTIVITY_FIELDS,
  MoodEntry: MOOD_ENTRY_FIELDS,
  AssessmentEntry: ASSESSMENT_ENTRY_FIELDS,
  Schedule: SCHEDULE_FIELDS,
} satisfies Record<EntityType, Fields>;
