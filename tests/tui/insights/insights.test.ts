import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { logAssessment } from "../../../src/entries/log-assessment.ts";
import { logMoods } from "../../../src/entries/log-mood.ts";
import { twelveMonthsTo } from "../../../src/figures/mood-figures.ts";
import { dayOfDate } from "../../../src/input/calendar.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { daysOfPeriod, turned, turnedYear } from "../../../src/tui/insights/period.ts";
import { runInSlices } from "../../../src/tui/insights/run-in-slices.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

let device: TuiDevice;
beforeEach(() => {
  device = createTuiDevice();
});
afterEach(() => device.remove());

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const HOUR_MS = 3_600_000;
const entries = () => ({ db: device.db, nowMs: device.nowAtMs, zone: () => 60 });

/** Some 300 days with three activities, and four results. */
function logAYear(): void {
  const moods = Array.from({ length: 300 }, (_, index) => ({
    value: 1 + ((index * 7 + (index >> 3)) % 5),
    recorded_at: new Date(device.nowAtMs - index * 27 * HOUR_MS).toISOString().replace("Z", "+00:00"),
    activities: { labels: [index % 3 ? "work" : "run", ...(index % 4 ? [] : ["family"])] },
  }));
  logMoods(entries(), moods);
  for (const [index, month] of ["03", "06", "09", "11"].entries()) {
    const answers = [1, 1, 1, 1, 1, index, 0, 0, 0];
    logAssessment(entries(), { assessment_type: "PHQ-9", answers, taken_at: `2026-${month}-20T10:00:00Z` });
  }
}

test.each([
  [60, 20],
  [80, 24],
  [120, 40],
])("the insights look as they did at %i × %i", async (columns, rows) => {
  logAYear();
  const app = device.open("tui", { columns, rows });
  await app.type(KEYS.tab, KEYS.tab);
  const shown = [await app.waitFor("mean 3.0")];
  await app.type("n");
  shown.push(await app.waitFor("Mean 3.0, median"));
  await app.type("n", "2");
  shown.push(await app.waitFor(/Nov .*22/));
  await app.type("w");
  shown.push(await app.waitFor(/Mon? .*\n {2}Tu/));
  await app.type("w");
  await app.waitFor(/▌Nov/);
  await app.type(KEYS.up, KEYS.enter);
  shown.push(await app.waitFor("October 2026"));
  await app.type("3", KEYS.left);
  await app.waitFor("200 of 300");
  await app.type(KEYS.down);
  shown.push(await app.waitFor("days with run"));
  await app.type("4");
  shown.push(await app.waitFor("since the first"));
  await app.type(KEYS.down, KEYS.enter);
  shown.push(await app.waitFor(/20 Sep(tember)? 2026/));
  const text = shown.join("\n\n").replaceAll(UUID, "0".repeat(36));
  await expect(text).toMatchFileSnapshot(`golden/insights-${columns}.txt`);
});

describe("the view Insights", () => {
  test("says what is missing where there is nothing yet", async () => {
    const app = device.open("tui");
    await app.type(KEYS.tab, KEYS.tab);
    await app.waitFor("4 days with entries make a line; there are 0.");
    await app.type("3");
    await app.waitFor("No day with entries here yet.");
    await app.type("4");
    await app.waitFor("No results yet. d begins one;");
  });

  test("names the pages that show something until an activity can be compared", async () => {
    logMoods(entries(), [{ value: 4, activities: { labels: ["run"] } }]);
    const app = device.open("tui");
    await app.type(KEYS.tab, KEYS.tab, "3");
    await app.waitFor("Until then: 1 the trend, 2 the year.");
    await app.type("n");
    await app.waitFor(/Needs .*\n *Until then: 1 the trend, 2 the year\./);
  });

  test("follows what another view changes", async () => {
    const app = device.open("tui");
    await app.type(KEYS.tab, KEYS.tab);
    await app.waitFor("0 of 90 days");
    await app.type(KEYS.backTab, KEYS.backTab, "4", KEYS.enter, KEYS.tab, KEYS.tab);
    await app.waitFor("1 of 90 days");
    await app.type("u");
    await app.waitFor("0 of 90 days");
  });
});

test("nothing is sent while nothing that is shown changes, whatever else does", async () => {
  logAYear();
  const app = device.open("tui");
  await app.type(KEYS.tab, KEYS.tab);
  await app.waitFor("mean 3.0");
  const before = app.sent();
  const other = openDatabase(databaseFile(device.home));
  logMoods({ ...entries(), db: other }, [{ value: 1, recorded_at: "2025-01-01T10:00:00.000+01:00" }]);
  other.close();
  // Longer than the screens wait until they look at the database.
  await sleep(1_500);
  expect(app.sent()).toBe(before);
  await app.type(KEYS.left, KEYS.left);
  await app.waitFor("all");
  await app.waitFor("301 entries");
});

describe("the period", () => {
  const days = { first: 19_000, today: 20_000 };

  test("grows to all there is, then goes back in steps, and comes back the same way", () => {
    const kinds: string[] = [];
    let period = { kind: "30 days" as const, back: 0 } as Parameters<typeof turned>[0];
    for (let step = 0; step < 7; step++) {
      kinds.push(`${period.kind} ${period.back}`);
      period = turned(period, -1, days);
    }
    expect(kinds).toEqual([
      "30 days 0",
      "90 days 0",
      "1 year 0",
      "all 0",
      "1 year 1",
      "1 year 2",
      "1 year 2",
    ]);
    expect(turned({ kind: "1 year", back: 1 }, 1, days)).toEqual({ kind: "1 year", back: 0 });
    expect(turned({ kind: "30 days", back: 0 }, 1, days)).toEqual({ kind: "30 days", back: 0 });
  });

  test("of a year is whole months, as far back as there are entries", () => {
    const [today, november28] = [dayOfDate(2026, 10, 26), dayOfDate(2025, 10, 28)];
    const year = { kind: "1 year", back: 0 } as const;
    const before = turnedYear(year, -1, { first: november28, today });
    expect(twelveMonthsTo(daysOfPeriod(before, today).to!, today)).toEqual({
      from: dayOfDate(2024, 11, 1),
      to: dayOfDate(2025, 10, 30),
    });
    expect(twelveMonthsTo(today, today)).toEqual({ from: dayOfDate(2025, 11, 1), to: today });
    expect(turnedYear(before, -1, { first: november28, today })).toEqual(before);
    expect(turnedYear(before, 1, { first: november28, today })).toEqual(year);
  });

  test("ends where the one after it begins", () => {
    for (const kind of ["30 days", "90 days", "1 year"] as const) {
      const [later, earlier] = [0, 1].map((back) => daysOfPeriod({ kind, back }, 20_000));
      expect(earlier!.to! + 1).toBe(later!.from);
    }
  });
});

test("a calculation lets others work between its slices, and stops when it is told to", async () => {
  let steps = 0;
  function* endless(): Generator<void, string> {
    for (;;) {
      steps++;
      const until = performance.now() + 5;
      while (performance.now() < until);
      yield;
    }
  }
  const abort = new AbortController();
  const ended = runInSlices(endless(), abort.signal);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(20);
  abort.abort();
  expect(await ended).toBeNull();
});
