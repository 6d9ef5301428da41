import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";
import { until } from "../helpers/until.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

function open(args: readonly string[], env: Record<string, string> = {}): ProgramOnTerminal {
  return startOnTerminal(args, { home, columns: 80, rows: 24, env });
}

const ENDED_BY_HANG_UP = { code: null, signal: "SIGHUP", isCoreDumped: false };

/** What is typed before the terminal goes: each text, and what is waited for before it. */
const STATES: [what: string, args: string[], typed: [waitFor: string, text: string][]][] = [
  ["the view Today", ["tui"], [["How are you?", ""]]],
  [
    "a note that is being typed",
    ["tui"],
    [
      ["How are you?", "4"],
      ["stored; add to it", "n"],
      ["to the activities", "half a note"],
    ],
  ],
  [
    "the view History",
    ["tui"],
    [
      ["How are you?", KEYS.tab],
      ["1 entry", "/"],
    ],
  ],
  ["the settings, with a field open", ["settings"], [["▌Server", KEYS.enter]]],
  ["the question for the key", ["sync", "enable", "http://127.0.0.1:9"], [["API key:", "msk_"]]],
  ["a key from standard input", ["sync", "enable", "http://127.0.0.1:9", "--key-stdin"], [["msk_", "msk_"]]],
  ["the question whether to delete", ["delete", "@last"], [["[y/N]", "y"]]],
];

describe.each([
  ["with its signal", {}],
  ["without a signal", { UNDER_SHELL: "1" }],
])("a terminal that goes away %s", (_, env) => {
  test.each(STATES)("ends %s by SIGHUP, without a crash", async (_what, args, typed) => {
    await runMoodsync(["log", "mood", "3"], { home });
    const program = open(args, env);
    for (const [shown, text] of typed) {
      // The echo of the terminal shows what is typed before anything else does.
      if (shown === text) program.type(text);
      await program.waitFor(shown);
      if (shown !== text) program.type(text);
    }
    // It is open while the database is: the program is past its start also where it shows nothing.
    await until(() => existsSync(join(home, "moodsync.db-wal")));
    program.hangUp();
    expect(await program.ended).toMatchObject(ENDED_BY_HANG_UP);
    const { stdout } = await runMoodsync(["list", "--json"], { home });
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ value: 3 }));
  });
});

test("a terminal that goes away while the program is stopped ends it by SIGHUP", async () => {
  const program = open(["tui"]);
  await program.waitFor("How are you?");
  program.signal("STOP");
  program.hangUp();
  expect(await program.ended).toMatchObject(ENDED_BY_HANG_UP);
});

test("a screen that was stopped draws itself anew when it goes on", async () => {
  const program = open(["tui"]);
  await program.waitFor("How are you?");
  program.signal("STOP");
  program.screen.write("\u001b[2J");
  expect(program.screen.text()).toBe("");
  program.signal("CONT");
  await program.waitFor("How are you?");
  program.type("q");
  expect(await program.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
});

test.each(["TERM", "HUP", "INT"] as const)(
  "SIG%s at the question for the key ends the program by it and brings the echo back",
  async (name) => {
    const program = open(["sync", "enable", "http://127.0.0.1:9"]);
    await program.waitFor("API key:");
    program.type("msk_");
    program.signal(name);
    expect(await program.ended).toMatchObject({ signal: `SIG${name}`, isLineMode: true, isEcho: true });
    expect(program.screen.text()).not.toContain("msk_");
  },
);

test("Ctrl-C at the question whether to delete deletes nothing and ends the program by SIGINT", async () => {
  await runMoodsync(["log", "mood", "3"], { home });
  const program = open(["delete", "@last"]);
  await program.waitFor("[y/N]");
  program.type(KEYS.interrupt);
  expect(await program.ended).toMatchObject({ signal: "SIGINT", isLineMode: true, isEcho: true });
  expect(program.screen.text()).toContain("Nothing was changed.");
  expect(JSON.parse((await runMoodsync(["list", "--json"], { home })).stdout)).toHaveLength(1);
});
