import { afterEach, beforeEach, expect, test } from "vitest";
import { addSchedule } from "../../../src/entries/schedules.ts";
import { listRows } from "../../../src/local/queries/list-rows.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

let device: TuiDevice;
beforeEach(() => {
  device = createTuiDevice();
});
afterEach(() => device.remove());

const stored = () => listRows(device.db, "AssessmentEntry").map(({ entity }) => entity);

function due(...types: string[]): void {
  for (const assessment_type of types) {
    addSchedule(
      { db: device.db, nowMs: device.nowAtMs, zone: () => 60 },
      { assessment_type, frequency: "Biweekly", next_due_at: "2026-11-21T12:00:00.000+01:00" },
    );
  }
}

test("d begins what is due, shows the notice before anything else, and then the result", async () => {
  due("PHQ-9");
  const app = device.open("tui");
  await app.waitFor("PHQ-9 since yesterday 12:00 · 9 questions, about 2 minutes d begins");
  await app.type("d");
  await app.waitFor("9 questions, about 2 minutes. They look back 2 weeks.");
  // What is typed ahead of the notice is no answer to it.
  await app.type(KEYS.enter, `000000001${KEYS.enter}${KEYS.enter}1`);
  await app.waitFor("You noted thoughts of being better off dead");
  expect(stored()).toMatchObject([{ score: 1, answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] }]);
  await app.type(KEYS.enter, "0");
  await app.waitFor("1 of 27 minimal");
  await app.type(KEYS.enter);
  await app.waitFor("Logged: PHQ-9 1 (minimal)");
  await app.waitFor("Support lines: moodsync help-now");
  await app.waitFor("Nothing is due. Next: PHQ-9, Sat 5 Dec.");
});

test("answers wait for whoever leaves, and d goes on with them", async () => {
  due("GAD-7");
  const app = device.open("tui");
  await app.type("d", KEYS.enter, "1", "2", KEYS.escape);
  await app.waitFor("Nothing was stored yet; 2 of the 7 answers wait for 24 hours. d goes on.");
  await app.type("d");
  await app.waitFor("Go on where it was left");
  await app.type(KEYS.enter);
  await app.waitFor("question 3 of 7");
  await app.type("0", "0", "0", "0", "0", "0");
  await app.waitFor("3 of 21 minimal");
  await app.type("u");
  await app.waitFor("Took back: GAD-7 3 (minimal)");
  expect(stored()).toEqual([]);
});

test("d goes on with what was left though nothing is due", async () => {
  const app = device.open("tui");
  await app.type("d");
  await app.waitFor("Check in");
  await app.type(KEYS.enter, KEYS.enter, "1", KEYS.escape);
  await app.waitFor("1 of the 9 answers waits for 24 hours. d goes on.");
  await app.type("d");
  await app.waitFor("Go on where it was left");
});

test("where more than one is due, or none, d shows all that there are", async () => {
  due("GAD-7", "PHQ-8");
  const app = device.open("tui");
  await app.type("d");
  await app.waitFor("Check in");
  expect(app.screen.text()).toMatch(/▌PHQ-8 .* due\n {2}GAD-7 .* due\n {2}PHQ-9 .* not taken yet/);
  await app.type(KEYS.down, KEYS.enter);
  await app.waitFor("7 questions");
  await app.type(KEYS.escape);
  await app.waitFor("Nothing was stored.");
});

test("a form that is open in another terminal says so", async () => {
  due("GAD-7");
  const other = device.open("tui");
  await other.type("d");
  await other.waitFor("They look back");
  const app = device.open("tui");
  await app.type("d");
  await app.waitFor("The GAD-7 is being answered in another terminal.");
});
