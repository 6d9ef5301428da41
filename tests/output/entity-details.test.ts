import { expect, test } from "vitest";
import { entityDetails } from "../../src/output/entity-details.ts";
import { activity, assessment, CONTEXT, DELETED, mood, schedule } from "./shown-entities.ts";

test("a mood has one line a field, the offset of its place, and its note below", () => {
  expect(entityDetails("MoodEntry", mood(), CONTEXT)).toBe(
    [
      "mood        4 (good)",
      "recorded    Sun 22 Nov 09:30 (+01:00)",
      "activities  run, unknown activity",
      "id          33333333-3333-4333-8333-333333333333",
      "created     Sun 22 Nov 09:31",
      "changed     Sun 22 Nov 09:45",
      "",
      "a quiet day",
      "",
    ].join("\n"),
  );
});

test("without a note there is no empty line, and an empty field has none", () => {
  const details = entityDetails("MoodEntry", mood({ note: null, activities: [] }), CONTEXT);
  expect(details).not.toContain("activities");
  expect(details).toMatch(/changed .*\n$/);
  expect(details).not.toContain("\n\n");
});

test("an assessment shows its answers, a missing one as a dash, and what came with it", () => {
  const entry = assessment({ difficulty: 2, source: "answered", instrument_version: "1999" });
  const lines = entityDetails("AssessmentEntry", entry, CONTEXT).split("\n");
  expect(lines.slice(0, 8)).toEqual([
    "assessment  PHQ-9",
    "score       8 (mild)",
    "scoring     item 9 not answered, scored as PHQ-8",
    "taken       Sat 21 Nov 23:15 (-05:00)",
    "answers     1,1,1,1,1,1,1,1,-",
    "difficulty  2 of 3",
    "source      answered",
    "version     1999",
  ]);
});

test("a difficulty of 0 is shown, other than none", () => {
  expect(entityDetails("AssessmentEntry", assessment({ difficulty: 0 }), CONTEXT)).toContain("0 of 3");
  expect(entityDetails("AssessmentEntry", assessment(), CONTEXT)).not.toContain("difficulty");
});

test("an activity shows its colour, and a field without words of its own under its name", () => {
  const lines = entityDetails("Activity", activity({ color_hex: "#00ff00", icon: "🏃" }), CONTEXT).split(
    "\n",
  );
  expect(lines.slice(0, 3)).toEqual(["activity  run", "colour    #00ff00", "icon      🏃"]);
});

test("a schedule shows when it is due and what that is counted from, in UTC where it was given so", () => {
  const counted = schedule({ anchor_at: "2026-11-15T08:00:00Z" });
  const lines = entityDetails("Schedule", counted, CONTEXT).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "assessment    GAD-7",
    "frequency     weekly",
    "due           due since Sun 22 Nov 09:00",
    "counted from  Sun 15 Nov 08:00 (UTC)",
  ]);
});

test("one that is deleted says since when, by the reader's clock", () => {
  expect(entityDetails("Activity", activity({ metadata: DELETED }), CONTEXT)).toMatch(
    /deleted +Sun 22 Nov 09:50\n$/,
  );
});

test("a note keeps its lines and acts on no terminal; a field stays on its line", () => {
  const noted = mood({ note: "one\ntwo\u001b[2J" });
  const details = entityDetails("MoodEntry", noted, CONTEXT);
  expect(details).toContain("\none\ntwo");
  expect(details).not.toContain("\u001b");
  expect(entityDetails("Activity", activity({ label: "a\nb" }), CONTEXT)).not.toContain("a\nb");
});
