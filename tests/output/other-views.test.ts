import { expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/time/durations.ts";
import { conflictLines } from "../../src/output/conflict-lines.ts";
import { countComparison } from "../../src/output/count-comparison.ts";
import { differenceLines, versionTexts } from "../../src/output/difference.ts";
import { dueLines } from "../../src/output/due-lines.ts";
import { entityList } from "../../src/output/entity-list.ts";
import { type Fact, factLines } from "../../src/output/fact-lines.ts";
import { kindWord } from "../../src/output/kind-words.ts";
import { progressLine } from "../../src/output/progress-line.ts";
import { historyLines } from "../../src/output/screen/history-lines.ts";
import type { TerminalStyle } from "../../src/output/terminal-style.ts";
import { versionList } from "../../src/output/version-list.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { HOSTILE } from "../helpers/terminal/hostile-text.ts";
import { ACTIVITIES, MOODS, NOW } from "./shown-days.ts";
import { activity, assessment, CONTEXT, mood, schedule } from "./shown-entities.ts";

const at = (ms: number) => ({ ms: NOW.ms + ms, offsetMinutes: 60 });
const noColour = styleWith({ depth: "none", hasWeight: false });
const due = [
  { assessmentType: "PHQ-9", dueAt: at(-DAY_MS), isOverdue: true, command: "moodsync log assessment phq9" },
  { assessmentType: HOSTILE, dueAt: at(0), isOverdue: false, command: "" },
];
const next = { assessmentType: "GAD-7", dueAt: at(9 * DAY_MS) };

test("what is due", async () => {
  await expectGolden("due-lines", (width, style) => dueLines({ due, next, now: NOW }, width, style));
});

test("in a pipe what is due stands alone", () => {
  const style = styleWith({ depth: "none", hasWeight: false, isTerminal: false });
  expect(dueLines({ due: due.slice(0, 1), next, now: NOW }, Number.POSITIVE_INFINITY, style)).toEqual([
    "PHQ-9  overdue  since Tue 24 Nov 18:42",
  ]);
});

test.each([
  [0, "today"],
  [DAY_MS, "tomorrow"],
  [2 * DAY_MS, "in 2 days"],
])("what comes next says how far away it is", (ms, away) => {
  const lines = dueLines({ due, next: { ...next, dueAt: at(ms) }, now: NOW }, 80, noColour);
  expect(lines.at(-1)).toMatch(new RegExp(`, ${away}$`));
});

test("versions of an entry", async () => {
  const versions = [
    {
      id: "a1b2c3d4",
      changedAt: at(0),
      outcome: "current",
      device: "laptop",
      content: { entityType: "MoodEntry", entity: MOODS[1]! },
    },
    {
      id: "b1b2c3d4",
      changedAt: at(-60_000),
      outcome: "lost",
      device: HOSTILE,
      content: { entityType: "MoodEntry", entity: mood({ activities: ["wide"], note: HOSTILE }) },
    },
    { id: "c1b2c3d4", changedAt: at(-DAY_MS), outcome: "replaced", device: null, content: null },
    {
      id: "d1b2c3d4",
      changedAt: at(-DAY_MS),
      outcome: "new_word",
      device: null,
      content: { texts: ["run", "", "#4caf50"] },
    },
  ] as const;
  await expectGolden("version-list", (width, style) =>
    versionList({ versions, now: NOW, activities: ACTIVITIES, notes: true }, width, style),
  );
});

test("conflicts with both versions", async () => {
  const conflicts = ({ separator }: TerminalStyle) => [
    {
      entry: ["mood 4 (good)", "Wed 25 Nov 18:41", "run"].join(separator),
      id: "1cbc7b5",
      outcome: 'This device\'s version gave way to that of "phone", because the other edit was later',
      versions: [
        {
          whose: "this device",
          texts: ["mood 3 (meh)", `note "${HOSTILE}"`],
          bringBack: "moodsync restore 1cbc7b5 9d0e51a2",
        },
        { whose: '"phone"', texts: ["mood 4 (good)", "note none"], bringBack: "" },
      ],
    },
    {
      entry: "PHQ-9 8 (mild)",
      id: "03326d3",
      outcome: "Merged with the edit of another device",
      versions: [{ whose: "this device", texts: ["deleted"], bringBack: "moodsync delete 03326d3" }],
    },
  ];
  await expectGolden("conflict-lines", (width, style) => conflictLines(conflicts(style), width, style));
});

test("counts here and on the server", async () => {
  const equal = { here: 12, server: 12, isEqual: true, waiting: 0 };
  const counts = {
    MoodEntry: { here: 1204, server: 1202, isEqual: false, waiting: 2 },
    AssessmentEntry: { here: 16, server: 15, isEqual: false, waiting: 0 },
    Activity: equal,
    Schedule: { here: 2, server: 1, isEqual: false, waiting: 1 },
  };
  await expectGolden("count-comparison", (width, style) => countComparison(counts, width, style));
});

test("names with what holds of them", async () => {
  const facts: Fact[] = [
    ["Sync", "on, every 15 minutes by the daemon"],
    ["Pending", "2 changes, since 18:41", `mood 1cbc7b56: ${"too long ".repeat(12)}`],
    ["Device", `${"日".repeat(40)}${HOSTILE}`],
  ];
  await expectGolden("fact-lines", (width, style) => factLines(facts, width, style));
});

test("a list of activities and one of schedules", async () => {
  const row = (entity: ReturnType<typeof activity>) => ({
    id: "1cbc7b5",
    entityType: "Activity" as const,
    entity,
  });
  const rows = [
    row(activity({ icon: "🏃", color_hex: "#4caf50" })),
    row(activity({ label: "日".repeat(40), archived: true })),
    row(activity({ label: HOSTILE, merged_into: "friends" })),
  ];
  await expectGolden("activity-list", (width, style) =>
    entityList({ rows, now: NOW, activities: ACTIVITIES }, width, style),
  );
  const schedules = [
    { id: "1cbc7b5", entityType: "Schedule" as const, entity: schedule() },
    {
      id: "9d0e51a",
      entityType: "Schedule" as const,
      entity: schedule({ assessment_type: HOSTILE, enabled: false }),
    },
  ];
  await expectGolden("schedule-list", (width, style) =>
    entityList({ rows: schedules, now: NOW, activities: ACTIVITIES }, width, style),
  );
});

test("how far a sync is", async () => {
  await expectGolden("progress-line", (width, style) => [
    style.line(progressLine({ phase: "upload", done: 12_400, total: 20_000 }, width, style)),
    style.line(progressLine({ phase: "download", done: 180, total: null }, width, style)),
    style.line(progressLine({ phase: "download", done: 2_000, total: 1_004 }, width, style)),
  ]);
  expect(progressLine({ phase: "upload", done: 1, total: 10 }, 20, noColour)).toBe("Uploading  1 of 10");
});

test("what differs between two versions is said in words of people", () => {
  const before = mood({ value: 3, activities: [], note: null });
  const after = mood({ value: 4, note: "a", recorded_at: "2026-11-21T18:00:00+01:00" });
  expect(differenceLines(before, after, CONTEXT)).toEqual([
    "mood: 4 (good), was 3 (meh)",
    "activities: run, unknown activity, was none",
    'note: "a", was none',
    "time: Sat 21 Nov 18:00, was Sun 22 Nov 09:30",
  ]);
  expect(
    differenceLines(activity({ color_hex: "#00ff00" }), activity({ label: "jog", archived: true }), CONTEXT),
  ).toEqual(['label: "jog", was "run"', "colour: none, was #00ff00", "archived: on, was off"]);
  expect(differenceLines(schedule(), schedule({ enabled: false, frequency: "Daily" }), CONTEXT)).toEqual([
    "frequency: daily, was weekly",
    "enabled: off, was on",
  ]);
  expect(differenceLines(assessment(), assessment({ answers: [0, null], score: 0 }), CONTEXT)).toEqual([
    "score: 0, was 8",
    "answers: 0,-, was 1,1,1,1,1,1,1,1,-",
  ]);
});

test("a deletion is said as such, from either side", () => {
  expect(differenceLines(mood(), null, CONTEXT)).toEqual(["deleted"]);
  expect(differenceLines(null, mood(), CONTEXT)).toEqual(["there again, was deleted"]);
  expect(differenceLines(null, null, CONTEXT)).toEqual(["deleted on both sides"]);
  expect(versionTexts(null, mood(), CONTEXT)).toEqual(["deleted"]);
  expect(versionTexts(mood(), null, CONTEXT)).toEqual(["not deleted"]);
  expect(versionTexts(mood({ value: 2 }), mood({ value: 3 }), CONTEXT)).toEqual(["mood 2 (bad)"]);
});

test("what this version does not know is an entry", () => {
  expect(kindWord("MoodEntry")).toBe("mood");
  expect(kindWord("Sleep")).toBe("entry");
});

test("in the history only the entry that is selected is bold", () => {
  const entries = ["21", "20", "19"].map((day) => {
    const entity = mood({ recorded_at: `2026-11-${day}T18:00:00.000+01:00` });
    return { id: day, entityType: "MoodEntry" as const, entity };
  });
  const list = { entries, selected: 1, marked: new Set<string>(), monthOf: null, notes: false };
  const context = { activities: new Map(), now: NOW, dayStartMs: 0 };
  const rows = historyLines({ ...list, ...context }, { columns: 80, rows: 5 }, styleWith());
  expect(rows.map(({ line }) => line.includes("\u001b[1m"))).toEqual([false, true, false]);
});
