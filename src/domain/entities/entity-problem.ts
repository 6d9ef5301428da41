import { ENTITY_FIELDS } from "./entity-fields.ts";
import type { EntityType } from "./entity-type.ts";
import { extraOf, extraProblem } from "./extra.ts";
import { METADATA_FIELDS } from "./metadata.ts";

/** The field of an entity that breaks its rule, with the rule, or null: what comes from outside and what this device
 *  writes is checked by it, so that no server has to reject later what was stored. Never names the value. */
export function entityProblem(entityType: EntityType, entity: object): string | null {
  const { metadata } = entity as { metadata?: unknown };
  return (
    fieldsProblem(entityType, entity) ??
    metadataProblem(metadata) ??
    extraProblem(extraOf(entityType, entity))
  );
}

/** The same for an entity that has no metadata yet. */
export function draftProblem(entityType: EntityType, draft: object): string | null {
  return fieldsProblem(entityType, draft) ?? extraProblem(extraOf(entityType, draft));
}

function fieldsProblem(entityType: EntityType, entity: object): string | null {
  const values = entity as Record<string, unknown>;
  for (const [name, { rule, optional }] of FIELDS.get(entityType)!) {
    const value = values[name];
    if (optional && (value === null || value === undefined)) continue;
    const problem = rule(value);
    if (problem) return `${name} ${problem}`;
  }
  return null;
}

/** Optional fields whose value breaks its rule. Such a value was kept unread by a version that did not know the field. */
export function unreadableFields(entityType: EntityType, entity: object): string[] {
  const values = entity as Record<string, unknown>;
  return FIELDS.get(entityType)!
    .filter(([name, { rule, optional }]) => optional && (values[name] ?? null) !== null && rule(values[name]))
    .map(([name]) => name);
}

const FIELDS = new Map(
  Object.entries(ENTITY_FIELDS).map(([entityType, fields]) => [entityType, Object.entries(fields)]),
);

function metadataProblem(metadata: unknown): string | null {
  const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  if (!isObject) return "metadata.* must be an RFC 3339 time";
  for (const [name, { rule }] of METADATA_RULES) {
    if (rule((metadata as Record<string, unknown>)[name])) {
      return `metadata.${name} must be an RFC 3339 time`;
    }
  }
  return null;
}

const METADATA_RULES = Object.entries(METADATA_FIELDS);
