import type { EntityByType } from "./entity.ts";
import { normaliseEntity } from "./entity.ts";
import { entityProblem } from "./entity-problem.ts";
import type { EntityType } from "./entity-type.ts";
import { EXTRA_SIZE_RULE, hasTooManyFields } from "./extra.ts";

export type ParsedEntity<T extends EntityType> =
  | { status: "valid"; entity: EntityByType[T] }
  /** `detail` names the field and the rule that it breaks, never the value. */
  | { status: "invalid"; detail: string };

/** Checks an entity that comes from outside and brings it to canonical form. Clients in languages without absent fields
 *  send null for an optional one. */
export function parseEntity<T extends EntityType>(entityType: T, input: unknown): ParsedEntity<T> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return { status: "invalid", detail: "data must be an object" };
  }
  if (hasTooManyFields(input)) return { status: "invalid", detail: EXTRA_SIZE_RULE };
  const problem = entityProblem(entityType, input);
  return problem
    ? { status: "invalid", detail: problem }
    : { status: "valid", entity: normaliseEntity(entityType, input) };
}
