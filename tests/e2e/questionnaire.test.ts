import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

const NOTICE = "You noted thoughts of being better off dead or of hurting yourself.";
const ITEMS_OF_PHQ9 = 9;

function open(columns: number, rows: number, ...options: string[]): ProgramOnTerminal {
  return startOnTerminal(["log", "assessment", "phq9", ...options], { home, columns, rows });
}

async function stored(): Promise<Record<string, unknown>[]> {
  const { stdout } = await runMoodsync(["list", "assessments", "--json"], { home });
  return JSON.parse(stdout);
}

const waiting = () =>
  readdirSync(join(home, "state")).filter((name) => /^questionnaire-.*\.json$/.test(name));

describe.each([
  [60, 20],
  [80, 24],
  [120, 40],
])("the questions at %i × %i", (columns, rows) => {
  test("go on where they were, killed at every one", async () => {
    for (let answered = 0; answered < ITEMS_OF_PHQ9; answered++) {
      const app = open(columns, rows);
      await app.waitFor(
        answered === 0 ? "9 questions, about 2 minutes." : `${answered} of 9 questions are answered.`,
      );
      app.type(KEYS.enter);
      await app.waitFor(`question ${answered + 1} of 9`);
      expect(app.screen.text().split("\n")).toHaveLength(rows);
      app.type(String(answered % 3 === 0 && answered < 8 ? 1 : 0));
      await app.waitFor(
        answered < ITEMS_OF_PHQ9 - 1 ? `question ${answered + 2} of 9` : "one more, not scored",
      );
      app.signal("KILL");
      expect(await app.ended).toMatchObject({ signal: "SIGKILL" });
      expect(statSync(join(home, "state", waiting()[0]!)).mode & 0o777).toBe(0o600);
    }
    const app = open(columns, rows);
    await app.waitFor("9 of 9 questions are answered.");
    app.type(KEYS.enter);
    await app.waitFor("one more, not scored");
    app.type("2");
    await app.waitFor("3 of 27 minimal");
    expect(app.screen.text().split("\n")).toHaveLength(rows);
    app.type(KEYS.enter);
    expect(await app.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
    expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
    expect(app.screen.text().replaceAll("\n", "")).toContain("Logged PHQ-9 3 (minimal)");
    expect(await stored()).toMatchObject([{ answers: [1, 0, 0, 1, 0, 0, 1, 0, 0], difficulty: 2 }]);
    expect(waiting()).toEqual([]);
  });

  test("are stored by the time that the notice of item 9 stands there, killed over it", async () => {
    const app = open(columns, rows);
    await app.waitFor("9 questions, about 2 minutes.");
    app.type(`${KEYS.enter}00000000`);
    await app.waitFor("question 9 of 9");
    app.type("1");
    await app.waitFor(NOTICE);
    await app.waitFor("it is stored");
    app.signal("KILL");
    await app.ended;
    expect(await stored()).toMatchObject([{ score: 1, answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] }]);
    expect(waiting()).toEqual([]);
  });

  test("show the notice first to whoever was killed after item 9 with another one open", async () => {
    const app = open(columns, rows);
    await app.waitFor("9 questions, about 2 minutes.");
    app.type(`${KEYS.enter}${KEYS.right}0000000`);
    await app.waitFor("question 9 of 9");
    app.type("2");
    await app.waitFor(NOTICE);
    app.signal("KILL");
    await app.ended;
    const again = open(columns, rows);
    await again.waitFor(NOTICE);
    expect(again.screen.text()).not.toContain("questions are answered");
    again.type(KEYS.enter);
    await again.waitFor("8 of 9 questions are answered.");
    again.type(KEYS.escape);
    expect(await again.ended).toMatchObject({ code: 0 });
    expect(again.screen.text().replaceAll(/\s+/g, " ")).toContain(
      "Nothing was stored yet; 8 of the 9 answers",
    );
    expect(await stored()).toEqual([]);
  });
});

describe("left from outside, the terminal is given back and the answers wait", () => {
  async function begin(...options: string[]): Promise<ProgramOnTerminal> {
    const app = open(80, 24, ...options);
    await app.waitFor("9 questions, about 2 minutes.");
    app.type(options.length > 0 ? "\r1\r2\r" : "\r12");
    await app.waitFor("uestion 3 of 9");
    return app;
  }

  test("by Ctrl-C, with exit code 130", async () => {
    const app = await begin();
    app.type(KEYS.interrupt);
    expect(await app.ended).toMatchObject({ code: 130, isLineMode: true, isEcho: true });
    expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
    expect(app.screen.text().replaceAll(/\s+/g, " ")).toContain(
      "2 of the 9 answers to the PHQ-9 wait for 24 hours.",
    );
    expect(waiting()).toHaveLength(1);
  });

  test.each(["TERM", "HUP", "INT"] as const)("by SIG%s, and it ends by that", async (name) => {
    const app = await begin();
    app.signal(name);
    expect(await app.ended).toMatchObject({
      code: null,
      signal: `SIG${name}`,
      isLineMode: true,
      isEcho: true,
    });
    expect(waiting()).toHaveLength(1);
  });

  test.each([[[]], [["--plain"]]])("by a terminal that is closed, with options %j", async (options) => {
    const app = await begin(...options);
    app.hangUp();
    expect(await app.ended).toMatchObject({ signal: "SIGHUP", isCoreDumped: false });
    const again = open(80, 24, ...options);
    await again.waitFor("2 of 9 questions are answered.");
  });
});

test("one terminal at a time has the questions of an instrument", async () => {
  const first = open(80, 24);
  await first.waitFor("9 questions, about 2 minutes.");
  const second = open(80, 24);
  expect(await second.ended).toMatchObject({ code: 1 });
  expect(second.screen.text()).toContain("The PHQ-9 is being answered in another terminal.");
  first.type("\r1");
  await first.waitFor("question 2 of 9");
});

test("a terminal of 40 columns is asked line by line, and breaks no word", async () => {
  const app = open(40, 20);
  await app.waitFor("Enter begins");
  app.type("\r0\r");
  await app.waitFor("Question 2 of 9.");
  expect([...app.screen.modes].sort()).toEqual(["2004", "25", "7"]);
  expect(app.screen.text()).toContain(
    "by any\nof the following problems?\nFeeling down, depressed, or hopeless\n",
  );
  expect(app.screen.text()).toContain("0 to 3, b back, f forward, h support\nlines, q leave:");
  app.type("9\r");
  await app.waitFor("That is no answer.");
  app.type("q\r");
  expect(await app.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
});
