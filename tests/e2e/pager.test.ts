import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";
import { logMoods } from "../../src/entries/log-mood.ts";
import { openDatabase } from "../../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../../src/local/storage/home.ts";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";

const MOODS = 30;
const CTRL_C = "\u0003";
/** Marks each line that went through it. */
const MARKING_PAGER = "sed 's/^/| /'";

let home: string;
beforeEach(async () => {
  home = newHome();
  await runMoodsync(["log", "mood", "3", "-n", "note 0"], { home });
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  const nowMs = Date.now();
  const moods = Array.from({ length: MOODS - 1 }, (_, at) => ({
    value: 3,
    note: `note ${at + 1}`,
    recorded_at: new Date(nowMs - (at + 1) * MINUTE_MS).toISOString(),
  }));
  logMoods({ db, nowMs, zone: () => 0 }, moods);
  db.close();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

function list(rows: number, env: Record<string, string>, ...options: string[]) {
  const args = ["list", "--limit", "0", "--notes", ...options];
  return startOnTerminal(args, { home, columns: 100, rows, env });
}

test("a list of more lines than the terminal has goes through the pager, to its last line", async () => {
  const app = list(10, { MOODSYNC_PAGER: MARKING_PAGER, PAGER: "false" });
  expect((await app.ended).code).toBe(0);
  const shown = app.screen.text();
  expect(shown).toMatch(/^\| .*note 29/m);
  expect(shown).not.toMatch(/^[^|\n]*note/m);
});

test.each([
  ["all of it fits", 50, { PAGER: MARKING_PAGER }, []],
  ["PAGER is cat", 10, { PAGER: "cat" }, []],
  ["MOODSYNC_PAGER is empty", 10, { MOODSYNC_PAGER: "", PAGER: MARKING_PAGER }, []],
  ["--no-pager is given", 10, { PAGER: MARKING_PAGER }, ["--no-pager"]],
  ["the pager is not there", 10, { PAGER: "no-such-pager-1f7c" }, []],
])("a list is printed as it is where %s", async (_, rows, env, options) => {
  const app = list(rows, env, ...options);
  expect((await app.ended).code).toBe(0);
  const lines = app.screen.text().split("\n");
  expect(lines.filter((line) => line.includes("note 29"))).toEqual([expect.stringMatching(/^[^|]*note 29/)]);
});

test("a pager that is left before the end ends the list without an error", async () => {
  const app = list(10, { PAGER: "head -n 1" });
  expect((await app.ended).code).toBe(0);
  expect(app.screen.text()).toContain("note 0");
  expect(app.screen.text()).not.toContain("note 1");
});

test("Ctrl-C is the pager's own", async () => {
  const app = list(10, {
    PAGER: "trap 'echo still here' INT; cat > /dev/null; echo ready; sleep 2; echo done",
  });
  await app.waitFor("ready");
  app.type(CTRL_C);
  await app.waitFor("still here");
  await app.waitFor("done");
  expect((await app.ended).code).toBe(0);
});
