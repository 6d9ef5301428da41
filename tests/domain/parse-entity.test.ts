import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENTITY_FIELDS } from "../../src/domain/entities/entity-fields.ts";
import { ENTITY_TYPES } from "../../src/domain/entities/entity-type.ts";
import { ENTITY_SCHEMAS, parseEntity } from "../../src/domain/entities/parse-entity.ts";
import { contentHash } from "../../src/domain/versions/canonical.ts";

const metadata = {
  created_at: "2026-03-02T20:00:00Z",
  updated_at: "2026-03-02T21:00:00.1239+01:00",
  deleted_at: null,
};
const VALID = {
  Activity: {
    id: "aaaaaaaa-0000-4000-8000-000000000001",
    label: "run",
    color_hex: null,
    icon: "🏃",
    metadata,
  },
  MoodEntry: {
    id: "aaaaaaaa-0000-4000-8000-000000000002",
    value: 4,
    activities: ["aaaaaaaa-0000-4000-8000-000000000001"],
    note: "slept well",
    recorded_at: "2026-03-02T21:00:00+01:00",
    metadata,
  },
  AssessmentEntry: {
    id: "aaaaaaaa-0000-4000-8000-000000000003",
    assessment_type: "PHQ-9",
    score: 7,
    severity: "mild",
    taken_at: "2026-03-02T21:00:00+01:00",
    answers: [1, 1, 1, 1, 1, 1, 1, 0, null],
    source: "answered",
    metadata,
  },
  Schedule: {
    id: "aaaaaaaa-0000-4000-8000-000000000004",
    assessment_type: "PHQ-9",
    frequency: "Monthly",
    enabled: true,
    next_due_at: "2026-03-02T21:00:00+01:00",
    metadata,
  },
};

describe("the schemas and the plain rules of the fields refuse the same values", () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.integer(),
    fc.string({ unit: "binary", maxLength: 100 }),
    fc.constantFrom("", " ", "\u0000", "\ud800", "#12345", "#a1b2c3", "Daily", "answered", -0, 1.5, 3, null),
    fc.array(fc.oneof(fc.uuid(), fc.constant(null), fc.integer()), { maxLength: 102 }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.string({ minLength: 9_990, maxLength: 10_010, unit: fc.constantFrom("a", "🏃") }),
  );
  for (const entityType of ENTITY_TYPES) {
    for (const [name, field] of Object.entries(ENTITY_FIELDS[entityType])) {
      test(`${entityType}.${name}`, () => {
        fc.assert(
          fc.property(anything, (value) => {
            if (value === undefined) return;
            const bySchema = ENTITY_SCHEMAS[entityType].safeParse({ ...VALID[entityType], [name]: value });
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
    ...VALID[entityType],
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
  const missing = parseEntity("Schedule", VALID.Schedule);
  const isNull = parseEntity("Schedule", { ...VALID.Schedule, anchor_at: null });
  if (missing.status !== "valid" || isNull.status !== "valid") throw new Error("both must be valid");
  expect(contentHash(isNull.entity)).toBe(contentHash(missing.entity));
});

test.each([
  ["MoodEntry", { value: 6 }, "value must be a whole number from 1 to 5"],
  ["MoodEntry", { note: "secret\u0000" }, "note must be text without NUL and without half characters"],
  ["MoodEntry", { note: undefined }, "note must be a text"],
  [
    "MoodEntry",
    { metadata: { ...metadata, updated_at: "now" } },
    "metadata.updated_at must be an RFC 3339 time",
  ],
  ["Activity", { label: " " }, "label must not be blank"],
  ["Schedule", { frequency: "Hourly" }, "frequency must be one of Daily, Weekly, Biweekly, Monthly"],
] as const)("a wrong %s is refused with field and rule", (entityType, wrong, detail) => {
  expect(parseEntity(entityType, { ...VALID[entityType], ...wrong })).toEqual({ status: "invalid", detail });
});

describe("unknown fields", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
  test.each([
    ["of 16 KiB", { x: "a".repeat(16 * 1024 - 8) }, "valid"],
    ["one byte above 16 KiB", { x: "a".repeat(16 * 1024 - 7) }, "invalid"],
    ["nested 8 deep", { x: nested(7) }, "valid"],
    ["nested 9 deep", { x: nested(8) }, "invalid"],
    ["with a number that JSON.parse has rounded", { x: 2 ** 53 }, "invalid"],
    ["with a negative zero", { x: -0 }, "invalid"],
    ["with NUL", { x: ["\u0000"] }, "invalid"],
    ["with a lone surrogate in a key", { x: { "\udc00": 1 } }, "invalid"],
    ["named __proto__", JSON.parse('{"__proto__": {"value": 5}}'), "invalid"],
  ])("$0 are $2", (_name, extra, status) => {
    const given = JSON.parse(JSON.stringify(VALID.MoodEntry));
    for (const key of Object.keys(extra)) {
      Object.defineProperty(given, key, { value: extra[key], enumerable: true });
    }
    expect(parseEntity("MoodEntry", given).status).toBe(status);
  });
});
