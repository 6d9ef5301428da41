import type { EntityType } from "../../../src/domain/entities/entity-type.ts";

const ID = "6f1c2a54-8f7e-4d0a-9b3c-1e2d3f4a5b6c";
const TIME = "2026-03-02T21:00:00.000+01:00";

const metadata = {
  created_at: "2026-03-02T20:00:00Z",
  updated_at: "2026-03-02T21:00:00.1239+01:00",
  deleted_at: null,
};

/** An entity of each type that every server takes. */
export const VALID_ENTITIES = {
  Activity: { id: ID, label: "run", color_hex: null, icon: "🏃", metadata },
  MoodEntry: { id: ID, value: 4, activities: [ID], note: "slept well", recorded_at: TIME, metadata },
  AssessmentEntry: {
    id: ID,
    assessment_type: "PHQ-9",
    score: 7,
    severity: "mild",
    taken_at: TIME,
    answers: [1, 1, 1, 1, 1, 1, 1, 0, null],
    source: "answered",
    metadata,
  },
  Schedule: {
    id: ID,
    assessment_type: "PHQ-9",
    frequency: "Monthly",
    enabled: true,
    next_due_at: TIME,
    metadata,
  },
} satisfies Record<EntityType, object>;

const uuids = (count: number) =>
  Array.from({ length: count }, (_, i) => ID.slice(0, -4) + String(i).padStart(4, "0"));

/** Values at and beyond the edges of the rules of fields, and of no use at all. The wire hash holds the verdict of every
 *  rule on each: whoever changes this list records the hash anew, without a change of the program in the same commit. */
export const SAMPLE_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  ...[-(2 ** 31) - 1, -(2 ** 31), -1, -0, 0, 0.5, 1, 3, 4, 5, 6, 10, 11, 100, 101],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  ...["", " ", "a", "a\u0000", "\ud800", "\udc00a", "\u00a0"],
  ...[16, 17, 64, 65, 80, 81, 10_000, 10_001].flatMap((length) => ["x".repeat(length), "🏃".repeat(length)]),
  ...[ID, ID.toUpperCase(), ID.replaceAll("-", ""), `${ID}0`],
  ...[TIME, "2026-03-02T21:00:00Z", "2026-03-02t21:00:00.1239z", "2026-03-02 21:00:00Z", "2026-03-02", "now"],
  ...["2026-02-30T00:00:00Z", "1899-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
  ...["2026-03-02T21:00:00+14:00", "2026-03-02T21:00:00+24:00", "2026-03-02T24:00:00Z"],
  ...["#4caf50", "#4CAF50", "#4caf5", "#4caf500", "4caf50", "#4caf5g"],
  ...["Daily", "Weekly", "Biweekly", "Monthly", "Yearly", "daily"],
  ...["answered", "score-only", "import", "other"],
  {},
  [],
  ...[[ID], [ID, ID], [ID.toUpperCase()], [null], [1, null], [1.5], [2 ** 31], ["\udc00"], [[]]],
  ...[uuids(100), uuids(101), Array(100).fill(1), Array(101).fill(1)],
];
