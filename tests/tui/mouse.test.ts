import { afterEach, beforeEach, expect, test } from "vitest";
import { logAssessment } from "../../src/entries/log-assessment.ts";
import { logMoods } from "../../src/entries/log-mood.ts";
import { listRows } from "../../src/local/queries/list-rows.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type TuiDevice } from "../helpers/terminal/tui-device.ts";

let device: TuiDevice;
beforeEach(() => {
  device = createTuiDevice();
});
afterEach(() => device.remove());

const entries = () => ({ db: device.db, nowMs: device.nowAtMs, zone: () => 60 });

test.each([60, 80, 120])(
  "a click on a tile of %i columns logs its mood, and beside it nothing",
  async (columns) => {
    const app = device.open("tui", { columns, rows: 24 });
    await app.waitFor("q quit");
    await app.click("How are you?");
    await app.click("4 good");
    await app.waitFor("stored; ");
    expect(listRows(device.db, "MoodEntry").map(({ entity }) => entity)).toMatchObject([{ value: 4 }]);
  },
);

test.each([60, 80])(
  "a click takes and leaves an activity at %i columns, in a part of the grid as well",
  async (columns) => {
    const app = device.open("tui", { columns, rows: 20 });
    await app.waitFor("q quit");
    await app.type("4");
    await app.click("reading");
    await app.click("outside");
    await app.click("What was part");
    await app.click("outside");
    await app.waitFor("✓ reading");
    await app.type(KEYS.enter);
    await app.waitFor("Logged mood 4");
    expect(listRows(device.db, "Activity").map(({ entity }) => entity)).toMatchObject([{ label: "reading" }]);
  },
);

test("a click chooses a view, a page and a row, and the wheel goes through rows", async () => {
  const days = [20, 21, 22].map((day) => ({ value: 3, recorded_at: `2026-11-${day}T08:00:00.000+01:00` }));
  logMoods(entries(), days);
  for (const month of ["10", "11"]) {
    const taken_at = `2026-${month}-20T10:00:00Z`;
    logAssessment(entries(), { assessment_type: "PHQ-9", score: 5, taken_at });
  }
  const app = device.open("tui");
  await app.click("History");
  await app.waitFor("▌Sun 22 Nov");
  await app.click("Fri 20 Nov");
  await app.waitFor("▌Fri 20 Nov");
  await app.type(KEYS.wheelDown);
  await app.waitFor(/▌ +08:00/);
  await app.click("Insights");
  await app.waitFor("3 of 90 days");
  await app.click("Year");
  await app.waitFor("▌Nov");
  await app.click("Sep ·");
  await app.waitFor("▌Sep");
  await app.click("Assessments");
  await app.waitFor("▌20 Nov");
  await app.click("20 Oct");
  await app.waitFor("▌20 Oct");
  await app.click("Settings");
  await app.waitFor("▌Server");
  await app.click("Turn sync on");
  await app.waitFor("▌Turn sync on");
  await app.click("Preferences");
  await app.waitFor("▌appearance");
  await app.click("palette");
  await app.waitFor("▌palette");
});

test("a click in a field or beside a question does nothing", async () => {
  const app = device.open("tui");
  await app.waitFor("q quit");
  await app.type("4", "n", "half a note");
  await app.click("History");
  await app.type(" more");
  await app.waitFor("half a note more");
  await app.type(KEYS.escape);
  await app.waitFor("Discard the note that you typed?");
  await app.click("What was part of it?");
  await app.type("n", "!");
  await app.waitFor("half a note more!");
});
