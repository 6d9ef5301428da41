import { expect, test } from "vitest";
import { entryList } from "../../src/output/entry-list.ts";
import { moodsOfDay } from "../../src/output/moods-of-day.ts";
import { sparkline } from "../../src/output/sparkline.ts";
import { firstCard, todayCard } from "../../src/output/today-card.ts";
import { weekStrip } from "../../src/output/week-strip.ts";
import { expectGolden, withoutCodes } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { HOSTILE } from "../helpers/terminal/hostile-text.ts";
import { ACTIVITIES, DAY_START_MS, ENTRIES, MOODS, NOW, WEEK } from "./shown-days.ts";
import { mood } from "./shown-entities.ts";

const noColour = styleWith({ depth: "none", hasWeight: false });
const day = {
  moods: MOODS,
  due: [{ assessmentType: "PHQ-9", dueAt: { ms: NOW.ms - 86_400_000 - 402 * 60_000, offsetMinutes: 60 } }],
  next: null,
  sync: { enabled: true, lastSuccessAtMs: NOW.ms - 180_000, problem: null, pending: 0 },
};
const hints = [
  ["moodsync log mood 4", "how you feel, 1 awful to 5 great"],
  ["moodsync log assessment PHQ-9", "what is due"],
  ["moodsync tui", "all of it on a screen"],
] as const;
const card = { day, week: WEEK, activities: ACTIVITIES, now: NOW, dayStartMs: DAY_START_MS, hints };

test("the week in one line", async () => {
  await expectGolden("week-strip", (width, style) => weekStrip(WEEK, width, style));
});

test("a week without an entry says so", () => {
  const days = WEEK.days.map(({ day }) => ({ day, mean: null }));
  expect(weekStrip({ days }, 80, noColour)[1]).toBe("   ·   ·   ·   ·   ·   ·   ·     no entry in 7 days");
});

test("the moods of a day", async () => {
  const moods = [
    ...MOODS,
    mood({ value: 5, activities: ["wide"] }),
    mood({ value: 1, activities: ["enemy"], note: null }),
  ];
  await expectGolden("moods-of-day", (width, style) =>
    moodsOfDay({ moods, activities: ACTIVITIES }, width, style),
  );
});

test("a day with more moods than have room counts the earlier ones", () => {
  const moods = Array.from({ length: 9 }, () => MOODS[0]!);
  const lines = moodsOfDay({ moods, activities: ACTIVITIES }, 80, noColour);
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe("  3 earlier");
});

test("the day at a glance", async () => {
  await expectGolden("today-card", (width, style) => todayCard(card, width, style));
});

test("the first day", async () => {
  await expectGolden("first-card", (width, style) => firstCard(hints, width, style));
});

test("late at night it is still the day before", () => {
  const now = { ...NOW, ms: NOW.ms + 7 * 60 * 60 * 1000 };
  expect(todayCard({ ...card, now }, 80, noColour)[0]).toBe("  Still Wednesday 25 November  01:42");
});

test("why the last sync failed has lines of its own", () => {
  const problem = "No route to mood.example.org. 2 changes wait; the next try is at 18:55 by the daemon.";
  const sync = { ...day.sync, problem, pending: 2 };
  const text = todayCard({ ...card, day: { ...day, sync } }, 60, noColour).join("\n");
  expect(text).toContain(
    "  Sync  on, last 18:39, 2 pending\n        No route to mood.example.org. 2 changes wait; the",
  );
});

test("a list of entries", async () => {
  const list = { entries: ENTRIES, now: NOW, dayStartMs: DAY_START_MS, activities: ACTIVITIES };
  await expectGolden("entry-list", (width, style) => entryList({ ...list, notes: false }, width, style));
  await expectGolden("entry-list-notes", (width, style) => entryList({ ...list, notes: true }, width, style));
});

test("a list that nothing limits is not cut, and has each date once", () => {
  const list = { entries: ENTRIES, now: NOW, dayStartMs: DAY_START_MS, activities: ACTIVITIES, notes: true };
  const lines = entryList(
    list,
    Number.POSITIVE_INFINITY,
    styleWith({ depth: "none", hasWeight: false, isTerminal: false }),
  );
  expect(lines.join("\n")).not.toContain("…");
  expect(lines.filter((line) => line.includes("25 Nov "))).toHaveLength(1);
  expect(lines[1]).toMatch(/^ +09:05 {2}▄ 3 meh {3}work +9d0e51a$/);
  expect(lines[2]).toMatch(/^Tue 24 Nov +01:30 {2}▁ 1 awful +517c419$/);
});

test("what somebody wrote to act on the terminal is written out", () => {
  const list = { entries: ENTRIES, now: NOW, dayStartMs: DAY_START_MS, activities: ACTIVITIES, notes: true };
  const text = entryList(list, 400, styleWith()).map(withoutCodes).join("\n");
  expect(text).not.toContain("\u001b");
  expect(text).toContain("enemy\\u001b[5m");
  expect(HOSTILE).toContain("\u001b");
});

test("values in one line of bars go from the lowest to the highest that is possible", () => {
  const style = { isAscii: false, isPlain: false };
  expect(sparkline([0, 13, 27, 40], { min: 0, max: 27 }, style)).toBe("▁▄██");
  expect(sparkline([3], { min: 3, max: 3 }, style)).toBe("▁");
  expect(sparkline([3], { min: 0, max: 3 }, { ...style, isAscii: true })).toBe("");
});
