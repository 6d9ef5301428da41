import { ENTITY_FIELDS } from "./entity-fields.ts";
import type { EntityType } from "./entity-type.ts";
import { extraOf, extraProblem } from "./extra.ts";
import { nullableTimestampRule, timestampRule } from "./field-rules.ts";

const METADATA_RULES = {
  created_at: timestampRule,
  updated_at: timestampRule,
  deleted_at: nullableTimestampRule,
};

/** The field of an entity that breaks its rule, with the rule, or null. Refuses what `parseEntity` refuses, without
 *  zod: what this device writes is checked by it, so that no server has to refuse it later. Never names the value. */
export function entityProblem(entityType: EntityType, entity: { metadata: object }): string | null {
  const values = entity as unknown as Record<string, unknown>;
  for (const [name, { rule, optional }] of Object.entries(ENTITY_FIELDS[entityType])) {
    const value = values[name];
    if (optional && (value === null || value === undefined)) continue;
    const problem = rule(value);
    if (problem) return `${name} ${problem}`;
  }
  const metadata = entity.metadata as Record<string, unknown>;
  for (const [name, rule] of Object.entries(METADATA_RULES)) {
    const problem = rule(metadata[name]);
    if (problem) return `metadata.${name} ${problem}`;
  }
  return extraProblem(extraOf(entityType, entity));
}
