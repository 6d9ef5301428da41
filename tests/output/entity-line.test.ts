import { expect, test } from "vitest";
import { entityLine } from "../../src/output/entity-line.ts";
import { activity, assessment, CONTEXT, mood, schedule } from "./shown-entities.ts";

test("a mood is its value, its moment and its activities, never its note", () => {
  expect(entityLine("MoodEntry", mood(), CONTEXT)).toBe(
    "mood 4 (good) · Sun 22 Nov 09:30 · run, unknown activity",
  );
  expect(entityLine("MoodEntry", mood({ activities: [] }), CONTEXT)).toBe("mood 4 (good) · Sun 22 Nov 09:30");
});

test("an assessment is its score and severity at the moment of its place, and says when item 9 is missing", () => {
  expect(entityLine("AssessmentEntry", assessment(), CONTEXT)).toBe(
    "PHQ-9 8 (mild) · item 9 not answered, scored as PHQ-8 · Sat 21 Nov 23:15",
  );
  const unnamed = assessment({ assessment_type: "WHO-5", score: 60, severity: "", answers: [] });
  expect(entityLine("AssessmentEntry", unnamed, CONTEXT)).toBe("WHO-5 60 · Sat 21 Nov 23:15");
});

test("an activity is its label and its icon", () => {
  expect(entityLine("Activity", activity(), CONTEXT)).toBe('activity "run"');
  expect(entityLine("Activity", activity({ icon: "🏃" }), CONTEXT)).toBe('activity "run" · 🏃');
});

test.each([
  [{}, "GAD-7 weekly · due since Sun 22 Nov 09:00"],
  [{ next_due_at: "2026-11-22T10:00:00+01:00" }, "GAD-7 weekly · due since Sun 22 Nov 10:00"],
  [{ next_due_at: "2026-11-22T10:00:01+01:00" }, "GAD-7 weekly · next due Sun 22 Nov 10:00"],
  [{ next_due_at: null }, "GAD-7 weekly · no due date"],
  [{ enabled: false }, "GAD-7 weekly · off"],
])("a schedule with %j is due so: %s", (given, line) => {
  expect(entityLine("Schedule", schedule(given), CONTEXT)).toBe(line);
});

test("text of a person stays on one line and acts on no terminal", () => {
  const line = entityLine("Activity", activity({ label: "run\nfar\u001b[2J" }), CONTEXT);
  expect(line).toContain("run");
  expect(line).not.toContain("\n");
  expect(line).not.toContain("\u001b");
});
