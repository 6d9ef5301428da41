import type { z } from "zod";
import { Activity } from "./activity.ts";
import { AssessmentEntry } from "./assessment-entry.ts";
import type { EntityByType } from "./entity.ts";
import { normaliseEntity } from "./entity.ts";
import { ENTITY_FIELDS } from "./entity-fields.ts";
import type { EntityType } from "./entity-type.ts";
import { EXTRA_SIZE_RULE, extraOf, extraProblem, hasTooManyFields } from "./extra.ts";
import { MoodEntry } from "./mood-entry.ts";
import { Schedule } from "./schedule.ts";

/** The schema of every entity type, in wire shape, unknown fields allowed. */
export const ENTITY_SCHEMAS: Record<EntityType, z.ZodType> = {
  Activity,
  MoodEntry,
  AssessmentEntry,
  Schedule,
};

export type ParsedEntity<T extends EntityType> =
  | { status: "valid"; entity: EntityByType[T] }
  /** `detail` names the field and the rule that it breaks, never the value. */
  | { status: "invalid"; detail: string };

/** Checks an entity that comes from outside and brings it to canonical form. */
export function parseEntity<T extends EntityType>(entityType: T, input: unknown): ParsedEntity<T> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return { status: "invalid", detail: "data must be an object" };
  }
  if (hasTooManyFields(input)) return { status: "invalid", detail: EXTRA_SIZE_RULE };
  const data = withoutNullOptionals(entityType, input);
  const listProblem = findListProblem(entityType, data);
  if (listProblem) return { status: "invalid", detail: listProblem };
  const parsed = ENTITY_SCHEMAS[entityType].safeParse(data);
  if (!parsed.success) {
    return { status: "invalid", detail: describeIssue(entityType, data, parsed.error.issues[0]?.path ?? []) };
  }
  const problem = extraProblem(extraOf(entityType, data));
  return problem
    ? { status: "invalid", detail: problem }
    : { status: "valid", entity: normaliseEntity(entityType, data) };
}

/** The rule that a list breaks, or null. Asked before the schema, which would describe every item of a list that is too
 *  long before it counts them. */
function findListProblem(entityType: EntityType, data: Record<string, unknown>): string | null {
  for (const [name, field] of Object.entries(ENTITY_FIELDS[entityType])) {
    const problem = Array.isArray(data[name]) ? field.rule(data[name]) : null;
    if (problem) return `${name} ${problem}`;
  }
  return null;
}

/** Clients in languages without absent fields send null for them. */
function withoutNullOptionals(entityType: EntityType, input: object): Record<string, unknown> {
  const fields = ENTITY_FIELDS[entityType];
  const data = input as Record<string, unknown>;
  const isNullOptional = (key: string) =>
    data[key] === null && Object.hasOwn(fields, key) && fields[key]!.optional;
  if (!Object.keys(data).some(isNullOptional)) return data;
  return Object.fromEntries(Object.entries(data).filter(([key]) => !isNullOptional(key)));
}

function describeIssue(entityType: EntityType, data: Record<string, unknown>, path: PropertyKey[]): string {
  const name = String(path[0] ?? "data");
  if (name === "metadata")
    return `metadata.${path.length > 1 ? String(path[1]) : "*"} must be an RFC 3339 time`;
  const field = ENTITY_FIELDS[entityType][name];
  return field ? `${name} ${field.rule(data[name]) ?? "has the wrong form"}` : "data has the wrong form";
}
