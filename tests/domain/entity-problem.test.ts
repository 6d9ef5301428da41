import fc from "fast-check";
import { expect, it } from "vitest";
import { ENTITY_FIELDS } from "../../src/domain/entities/entity-fields.ts";
import { entityProblem } from "../../src/domain/entities/entity-problem.ts";
import { ENTITY_TYPES } from "../../src/domain/entities/entity-type.ts";
import { parseEntity } from "../../src/domain/entities/parse-entity.ts";

const ID = "6f1c2a54-8f7e-4d0a-9b3c-1e2d3f4a5b6c";
const TIME = "2026-03-02T21:00:00.000+01:00";
const METADATA = {
  created_at: "2026-03-02T20:00:00.000Z",
  updated_at: "2026-03-02T20:00:00.000Z",
  deleted_at: null,
};
const VALID = {
  Activity: { label: "run", color_hex: null, icon: null },
  MoodEntry: { value: 4, activities: [], note: null, recorded_at: TIME },
  AssessmentEntry: { assessment_type: "PHQ-9", score: 3, severity: "", taken_at: TIME },
  Schedule: { assessment_type: "PHQ-9", frequency: "Daily", enabled: true, next_due_at: null },
};

/** Values at and beyond the edges of rules, and of no use at all. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    "",
    " ",
    "\ud800",
    "a\u0000",
    -0,
    0.5,
    5,
    6,
    9,
    2 ** 31,
    Number.NaN,
    ID,
    TIME,
    "now",
    "2026-02-30T00:00:00Z",
    "#4caf50",
    "Weekly",
    "import",
    {},
    [ID],
    [ID, ID],
    [null, 1],
    ["\udc00"],
    Array(150).fill(1),
    "x".repeat(81),
    "\u{1f327}".repeat(10_000),
    "x".repeat(10_001),
  ),
  fc.anything({ maxDepth: 2 }),
);

it("refuses exactly what would be refused when it came from outside", () => {
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
        const entity = { id: ID, ...VALID[entityType], ...replaced, metadata: { ...METADATA, ...metadata } };
        const isRefused = entityProblem(entityType, entity) !== null;
        expect(isRefused).toBe(parseEntity(entityType, entity).status === "invalid");
      },
    ),
    { numRuns: 3_000 },
  );
});
