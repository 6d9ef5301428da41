import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENTITY_FIELDS } from "../../../src/domain/entities/entity-fields.ts";
import { ENTITY_SCHEMAS } from "../../../src/domain/entities/entity-schema.ts";
import { ENTITY_TYPES } from "../../../src/domain/entities/entity-type.ts";
import { parseEntity } from "../../../src/domain/entities/parse-entity.ts";
import { contentHash } from "../../../src/domain/versions/canonical.ts";
import { SAMPLE_VALUES, VALID_ENTITIES } from "../protocol/sample-values.ts";

const { metadata } = VALID_ENTITIES.MoodEntry;

describe("the schemas and the plain rules of the fields refuse the same values", () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.constantFrom(...SAMPLE_VALUES),
    fc.integer(),
    fc.string({ unit: "binary", maxLength: 100 }),
    fc.array(fc.oneof(fc.uuid(), fc.constant(null), fc.integer()), { maxLength: 102 }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc
      .tuple(fc.integer({ min: 9_990, max: 10_010 }), fc.integer({ min: 0, max: 9_990 }))
      .map(([characters, runners]) => "🏃".repeat(runners) + "a".repeat(characters - runners)),
  );
  for (const entityType of ENTITY_TYPES) {
    for (const [name, field] of Object.entries(ENTITY_FIELDS[entityType])) {
      test(`${entityType}.${name}`, () => {
        fc.assert(
          fc.property(anything, (value) => {
            if (value === undefined) return;
            const bySchema = ENTITY_SCHEMAS[entityType].safeParse({
              ...VALID_ENTITIES[entityType],
              [name]: value,
            });
            expect(bySchema.success).toBe(field.rule(value) === null);
          }),
          { numRuns: 300 },
        );
      });
    }
  }
});

test.each(ENTITY_TYPES)("a %s comes out in canonical form with its unknown fields", (entityType) => {
  const given = {
    ...VALID_ENTITIES[entityType],
    from_a_newer_device: { deep: [1, "x"] },
    metadata: { ...metadata, by: "x" },
  };
  const parsed = parseEntity(entityType, given);
  expect(parsed).toMatchObject({
    status: "valid",
    entity: {
      from_a_newer_device: { deep: [1, "x"] },
      metadata: { updated_at: "2026-03-02T20:00:00.123Z", created_at: "2026-03-02T20:00:00.000Z", by: "x" },
    },
  });
});

test("an optional field that is null hashes as one that is missing", () => {
  const missing = parseEntity("Schedule", VALID_ENTITIES.Schedule);
  const isNull = parseEntity("Schedule", { ...VALID_ENTITIES.Schedule, anchor_at: null });
  if (missing.status !== "valid" || isNull.status !== "valid") throw new Error("both must be valid");
  expect(contentHash(isNull.entity)).toBe(contentHash(missing.entity));
});

test.each([
  ["MoodEntry", { value: 6 }, "value must be a whole number from 1 to 5"],
  [
    "MoodEntry",
    { note: "secret\u0000" },
    "note must be text without NUL and without broken characters (lone surrogates)",
  ],
  ["MoodEntry", { note: undefined }, "note must be a text"],
  [
    "MoodEntry",
    { metadata: { ...metadata, updated_at: "now" } },
    "metadata.updated_at must be an RFC 3339 time",
  ],
  ["MoodEntry", { metadata: [] }, "metadata.* must be an RFC 3339 time"],
  ["MoodEntry", { metadata: undefined }, "metadata.* must be an RFC 3339 time"],
  ["Activity", { label: " " }, "label must not be blank"],
  ["Schedule", { frequency: "Hourly" }, "frequency must be one of Daily, Weekly, Biweekly, Monthly"],
] as const)("a wrong %s is refused with field and rule", (entityType, wrong, detail) => {
  expect(parseEntity(entityType, { ...VALID_ENTITIES[entityType], ...wrong })).toEqual({
    status: "invalid",
    detail,
  });
});

describe("unknown fields", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
  test.each([
    ["of 16 KiB", { x: "a".repeat(16 * 1024 - 8) }, "valid"],
    ["of 16 KiB with escapes", { x: "\u0001".repeat(2729) + "a".repeat(2) }, "valid"],
    ["one byte above 16 KiB with escapes", { x: "\u0001".repeat(2729) + "a".repeat(3) }, "invalid"],
    ["just below 16 KiB of numbers", { x: Array(655).fill(-1.2345678901234567e-100) }, "valid"],
    ["above 16 KiB of numbers", { x: Array(656).fill(-1.2345678901234567e-100) }, "invalid"],
    ["one byte above 16 KiB", { x: "a".repeat(16 * 1024 - 7) }, "invalid"],
    ["nested 8 deep", { x: nested(7) }, "valid"],
    ["nested 9 deep", { x: nested(8) }, "invalid"],
    ["with a number that JSON.parse has rounded", { x: 2 ** 53 }, "invalid"],
    ["with a negative zero", { x: -0 }, "invalid"],
    ["with NUL", { x: ["\u0000"] }, "invalid"],
    ["with a lone surrogate in a key", { x: { "\udc00": 1 } }, "invalid"],
    ["named __proto__", JSON.parse('{"__proto__": {"value": 5}}'), "invalid"],
  ])("$0 are $2", (_name, extra, status) => {
    const given = JSON.parse(JSON.stringify(VALID_ENTITIES.MoodEntry));
    for (const key of Object.keys(extra)) {
      Object.defineProperty(given, key, { value: extra[key], enumerable: true });
    }
    expect(parseEntity("MoodEntry", given).status).toBe(status);
  });
});
