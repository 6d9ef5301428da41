import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

test("the first year on a screen: three keys to an entry, the notice of question 9, a pause, a search, an undo", async () => {
  const app = startOnTerminal(["tui"], { home, columns: 80, rows: 24 });
  const steps: [waitFor: string, typed: string][] = [
    ["Hello. This keeps how you are", "4"],
    ["What was part of it?", "w"],
    ["w ✓ work", KEYS.enter],
    ["Logged mood 4 (good).", "D"],
    ["Check in", KEYS.enter],
    ["9 questions, about 2 minutes.", KEYS.enter],
    ["question 1 of 9", "00000000"],
    ["question 9 of 9", "1"],
    ["You don't have to handle that alone.", KEYS.enter],
    ["one more, not scored", "0"],
    ["1 of 27", KEYS.enter],
    ["Logged: PHQ-9", "D"],
    ["Check in", KEYS.enter],
    ["9 questions, about 2 minutes.", KEYS.enter],
    ["question 1 of 9", "22"],
    ["question 3 of 9", KEYS.escape],
    ["2 of the 9 answers wait for 24 hours.", KEYS.tab],
    ["2 entries", "/"],
    ["Esc end it", "work"],
    ["1 entry", KEYS.enter],
    ["d delete", "d"],
    ["Deleted mood 4 (good)", "u"],
    ["Took back: the deletion of", "q"],
  ];
  for (const [shown, typed] of steps) {
    await app.waitFor(shown);
    app.type(typed);
  }
  expect(await app.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
  const { stdout } = await runMoodsync(["list", "moods", "--json"], { home });
  expect(JSON.parse(stdout)).toMatchObject([{ value: 4, activity_labels: ["work"] }]);
  const report = join(home, "report.html");
  expect(await runMoodsync(["report", "-o", report], { home })).toMatchObject({ code: 0 });
  expect(existsSync(report)).toBe(true);
});
