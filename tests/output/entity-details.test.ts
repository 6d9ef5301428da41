import { expect, test } from "vitest";
import type { Entity } from "../../src/domain/entities/entity.ts";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { parseTimestamp } from "../../src/domain/time/timestamp.ts";
import type { EntityDetails } from "../../src/output/detail-fields.ts";
import { entityDetails } from "../../src/output/entity-details.ts";
import { UNSTYLED } from "../../src/output/terminal-style.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { HOSTILE } from "../helpers/terminal/hostile-text.ts";
import { ACTIVITIES, MOODS, NOW } from "./shown-days.ts";
import { activity, assessment, DELETED, mood, schedule } from "./shown-entities.ts";

/** Sunday, ten o'clock in Berlin. */
const SUNDAY = parseTimestamp("2026-11-22T10:00:00+01:00")!;
const NOTE = `Felt light afterwards. The lake was frozen at the edges, we ran the long way round and nobody was in a hurry.

${"wide 日本語 ".repeat(12)}${"x".repeat(90)}
${HOSTILE}`;

const linesOf = (entityType: EntityType, entity: Entity, more: Partial<EntityDetails> = {}) =>
  entityDetails({ entityType, entity, now: SUNDAY, activities: ACTIVITIES, ...more }, 80, UNSTYLED);

test("everything that a mood holds", async () => {
  const details: EntityDetails = {
    entityType: "MoodEntry",
    entity: { ...MOODS[1]!, activities: ["run", "friends", "wide", "enemy"], note: NOTE },
    now: NOW,
    activities: ACTIVITIES,
    zone: { name: "Europe/Berlin", offsetMinutes: 60 },
    day: { place: 2, count: 2, mean: 3.5 },
    changes: { count: 1, command: "moodsync history 1cbc" },
  };
  await expectGolden("mood-details", (width, style) => entityDetails(details, width, style));
});

test("everything that an assessment holds", async () => {
  const entity = assessment({ difficulty: 2, source: "answered", instrument_version: "1999" });
  await expectGolden("assessment-details", (width, style) =>
    entityDetails({ entityType: "AssessmentEntry", entity, now: NOW, activities: ACTIVITIES }, width, style),
  );
});

test("an assessment has each question beside its answer", async () => {
  const entity = assessment({ difficulty: 2, source: "answered", instrument_version: "1" });
  await expectGolden("assessment-answers", (width, style) =>
    entityDetails({ entityType: "AssessmentEntry", entity, now: NOW, activities: ACTIVITIES }, width, style),
  );
});

test.each([
  ["of another version", { instrument_version: "2" }],
  ["without a version", {}],
  ["of an assessment that is not known here", { assessment_type: "mine", instrument_version: "1" }],
  ["that are too few", { answers: [1, 1], instrument_version: "1" }],
])("answers %s stand as numbers alone, because other questions may have been asked", (_, fields) => {
  const lines = linesOf("AssessmentEntry", assessment(fields)).join("\n");
  expect(lines).toMatch(/answers +1,1/);
  expect(lines).not.toContain("Little interest");
});

test("an answer that no option has, as of an import, stands beside its question as it is", () => {
  const entity = assessment({ answers: [7, 1, 1, 1, 1, 1, 1, 1, 0], instrument_version: "1" });
  expect(linesOf("AssessmentEntry", entity)).toContain(
    "  1.  Little interest or pleasure in doing things: 7",
  );
});

test("a mood without anything has no empty line at its end, and no empty field", () => {
  const entity = mood({
    note: null,
    activities: [],
    metadata: {
      ...DELETED,
      deleted_at: null,
      created_at: "2026-11-22T08:30:00Z",
      updated_at: "2026-11-22T08:30:00Z",
    },
  });
  expect(linesOf("MoodEntry", entity)).toEqual([
    "▆ 4 good   Sunday 22 November 2026, 09:30",
    "",
    "  zone  +01:00",
    "  id    33333333-3333-4333-8333-333333333333",
  ]);
});

test("the zone is named where the entry was written by the clock of this device", () => {
  const zone = { name: "Europe/Berlin", offsetMinutes: 60 };
  expect(linesOf("MoodEntry", mood(), { zone })).toContain("  zone        Europe/Berlin (+01:00)");
  const elsewhere = mood({ recorded_at: "2026-11-22T09:30:00Z" });
  expect(linesOf("MoodEntry", elsewhere, { zone })).toContain("  zone        UTC");
});

test.each([
  [{ place: 1, count: 1, mean: 4 }, "the only entry of its day"],
  [{ place: 1, count: 2, mean: 3.5 }, "first of 2 entries; the day's mean is 3.5"],
  [{ place: 7, count: 9, mean: 3 }, "7th of 9 entries; the day's mean is 3.0"],
])("which of its day a mood is: %o", (day, text) => {
  expect(linesOf("MoodEntry", mood(), { day })).toContain(`  day         ${text}`);
});

test.each([
  [1, "once"],
  [2, "twice"],
  [5, "5 times"],
])("one that was changed %d times says when, how often and how to see it", (count, often) => {
  const changes = { count, command: "moodsync history 3333333" };
  expect(linesOf("MoodEntry", mood(), { changes })).toContain(
    `  changed     09:45, ${often} since (moodsync history 3333333)`,
  );
});

test("an assessment shows its answers, a missing one as a dash, and what came with it", () => {
  const entry = assessment({ difficulty: 2, source: "answered", instrument_version: "1999" });
  expect(linesOf("AssessmentEntry", entry).slice(0, 8)).toEqual([
    " 8  PHQ-9 mild   Saturday 21 November 2026, 23:15",
    "",
    "  scoring     item 9 not answered, scored as PHQ-8",
    "  answers     1,1,1,1,1,1,1,1,-",
    "  difficulty  2 of 3",
    "  source      answered",
    "  version     1999",
    "  zone        -05:00",
  ]);
});

test("a difficulty of 0 is shown, other than none", () => {
  const text = (difficulty?: number) =>
    linesOf("AssessmentEntry", assessment(difficulty === undefined ? {} : { difficulty })).join("\n");
  expect(text(0)).toContain("0 of 3");
  expect(text()).not.toContain("difficulty");
});

test("an activity shows its icon and colour, and what became of it", () => {
  const entity = activity({ color_hex: "#00ff00", icon: "🏃", archived: true, merged_into: "friends" });
  expect(linesOf("Activity", entity).slice(0, 5)).toEqual([
    "🏃 run",
    "",
    "  colour       #00ff00",
    "  archived     yes",
    "  merged into  friends",
  ]);
});

test("a schedule shows when it is due and what that is counted from", () => {
  const counted = schedule({ anchor_at: "2026-11-15T08:00:00Z" });
  expect(linesOf("Schedule", counted).slice(0, 4)).toEqual([
    "GAD-7 weekly",
    "",
    "  due           due since Sun 22 Nov 09:00",
    "  counted from  Sun 15 Nov 08:00",
  ]);
});

test("one that is deleted says since when, by the reader's clock", () => {
  expect(linesOf("Activity", activity({ metadata: DELETED })).at(-1)).toBe("  deleted  09:50");
});
