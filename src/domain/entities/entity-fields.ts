import type { EntityByType } from "./entity.ts";
import type { EntityType } from "./entity-type.ts";
import type { FieldRule } from "./field-rules.ts";
import * as rules from "./field-rules.ts";
import { FREQUENCIES } from "./frequency.ts";

/** What one known field of an entity is: its rule, and how its value is brought to canonical form. */
export interface FieldDefinition {
  rule: FieldRule;
  /** `zoned`: a time that keeps its offset. `plain`: stored as given. */
  kind: "plain" | "zoned";
  /** May be missing; a null then means the same. */
  optional?: true;
}

const sourceRule = oneOf(["answered", "score-only", "import"]);
const booleanRule: FieldRule = (value) => (typeof value === "boolean" ? null : "must be true or false");

/** The names of an entity's fields but `metadata`, those of its schema: whoever lists fields by this type and leaves one
 *  out does not compile. */
export type FieldName<T extends EntityType> = Exclude<keyof EntityByType[T], "metadata">;

const FIELDS = {
  Activity: {
    id: plain(rules.idRule),
    label: plain(rules.labelRule),
    color_hex: plain(rules.colorRule),
    icon: plain(rules.iconRule),
  },
  MoodEntry: {
    id: plain(rules.idRule),
    value: plain(rules.moodValueRule),
    activities: plain(rules.activityIdsRule),
    note: plain(rules.noteRule),
    recorded_at: zoned(rules.timestampRule),
  },
  AssessmentEntry: {
    id: plain(rules.idRule),
    assessment_type: plain(rules.assessmentTypeRule),
    score: plain(rules.scoreRule),
    severity: plain(rules.severityRule),
    taken_at: zoned(rules.timestampRule),
    answers: optional(plain(rules.answersRule)),
    source: optional(plain(sourceRule)),
    instrument_version: optional(plain(rules.instrumentVersionRule)),
    difficulty: optional(plain(rules.difficultyRule)),
  },
  Schedule: {
    id: plain(rules.idRule),
    assessment_type: plain(rules.assessmentTypeRule),
    frequency: plain(oneOf(FREQUENCIES)),
    enabled: plain(booleanRule),
    next_due_at: zoned(rules.nullableTimestampRule),
    anchor_at: optional(zoned(rules.timestampRule)),
  },
} satisfies { [T in EntityType]: Record<FieldName<T>, FieldDefinition> };

/** The known fields of every entity type but `metadata`, in the order in which they are printed. */
export const ENTITY_FIELDS: Record<EntityType, Record<string, FieldDefinition>> = FIELDS;

function plain(rule: FieldRule): FieldDefinition {
  return { rule, kind: "plain" };
}

function zoned(rule: FieldRule): FieldDefinition {
  return { rule, kind: "zoned" };
}

function optional(definition: FieldDefinition): FieldDefinition {
  return { ...definition, optional: true };
}

function oneOf(names: readonly string[]): FieldRule {
  return (value) => (names.includes(value as string) ? null : `must be one of ${names.join(", ")}`);
}
