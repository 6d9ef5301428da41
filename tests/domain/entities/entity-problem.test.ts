import fc from "fast-check";
import { expect, test } from "vitest";
import { ENTITY_FIELDS } from "../../../src/domain/entities/entity-fields.ts";
import { entityProblem } from "../../../src/domain/entities/entity-problem.ts";
import { ENTITY_SCHEMAS } from "../../../src/domain/entities/entity-schema.ts";
import { ENTITY_TYPES, type EntityType } from "../../../src/domain/entities/entity-type.ts";
import { extraOf, extraProblem } from "../../../src/domain/entities/extra.ts";
import { SAMPLE_VALUES, VALID_ENTITIES } from "../protocol/sample-values.ts";

const METADATA = VALID_ENTITIES.MoodEntry.metadata;
const anyValue = fc.oneof(fc.constantFrom(undefined, ...SAMPLE_VALUES), fc.anything({ maxDepth: 2 }));

/** A null optional field is one that is missing; the schemas describe it as missing. */
function isAcceptedBySchema(entityType: EntityType, entity: object): boolean {
  const fields = ENTITY_FIELDS[entityType];
  const given = Object.entries(entity).filter(([name, value]) => value !== null || !fields[name]?.optional);
  return ENTITY_SCHEMAS[entityType].safeParse(Object.fromEntries(given)).success;
}

test("finds a problem exactly where the zod schema does, or in unknown fields that no database keeps", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ENTITY_TYPES).chain((entityType) =>
        fc.record({
          entityType: fc.constant(entityType),
          replaced: fc.dictionary(
            fc.constantFrom(...Object.keys(ENTITY_FIELDS[entityType]), "unknown", "other"),
            anyValue,
            { maxKeys: 2 },
          ),
          metadata: fc.dictionary(fc.constantFrom(...Object.keys(METADATA), "unknown"), anyValue, {
            maxKeys: 1,
          }),
        }),
      ),
      ({ entityType, replaced, metadata }) => {
        const entity = { ...VALID_ENTITIES[entityType], ...replaced, metadata: { ...METADATA, ...metadata } };
        const isStorable = extraProblem(extraOf(entityType, entity)) === null;
        expect(entityProblem(entityType, entity) === null).toBe(
          isAcceptedBySchema(entityType, entity) && isStorable,
        );
      },
    ),
    { numRuns: 3_000 },
  );
});
