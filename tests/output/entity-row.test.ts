import { expect, test } from "vitest";
import { entityRow } from "../../src/output/entity-row.ts";
import { activity, assessment, CONTEXT, DELETED, mood, schedule } from "./shown-entities.ts";

const hidden = { ...CONTEXT, notes: false };
const shown = { ...CONTEXT, notes: true };

test("a note is shown only where that is wished, and else said to be there", () => {
  const cells = ["Sun 22 Nov 09:30", "4 (good)", "run, unknown activity"];
  expect(entityRow("MoodEntry", mood(), hidden)).toEqual([...cells, "(note)"]);
  expect(entityRow("MoodEntry", mood(), shown)).toEqual([...cells, "a quiet day"]);
  expect(entityRow("MoodEntry", mood({ note: null }), shown)).toEqual([...cells, ""]);
});

test("all of one type have the same cells, whatever they hold", () => {
  expect(entityRow("AssessmentEntry", assessment(), hidden)).toEqual([
    "Sat 21 Nov 23:15",
    "PHQ-9",
    "8 (mild)",
    "item 9 not answered, scored as PHQ-8",
  ]);
  expect(entityRow("AssessmentEntry", assessment({ answers: [], severity: "" }), hidden)).toEqual([
    "Sat 21 Nov 23:15",
    "PHQ-9",
    "8",
    "",
  ]);
  expect(entityRow("Activity", activity(), hidden)).toEqual(["run", "", "", ""]);
  expect(entityRow("Activity", activity({ icon: "🏃", color_hex: "#00ff00" }), hidden)).toEqual([
    "run",
    "🏃",
    "#00ff00",
    "",
  ]);
  expect(entityRow("Activity", activity({ archived: true }), hidden)[3]).toBe("archived");
  const merged = { merged_into: "22222222-2222-4222-8222-222222222222" };
  expect(entityRow("Activity", activity(merged), hidden)[3]).toBe("merged into unknown activity");
  expect(entityRow("Schedule", schedule(), hidden)).toEqual([
    "GAD-7",
    "weekly",
    "due since Sun 22 Nov 09:00",
  ]);
});

test("one that is deleted says so in one more cell", () => {
  expect(entityRow("Activity", activity({ metadata: DELETED }), hidden)).toEqual([
    "run",
    "",
    "",
    "",
    "deleted",
  ]);
});
