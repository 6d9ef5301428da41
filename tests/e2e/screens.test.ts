import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync, startMoodsync } from "../helpers/program/moodsync.ts";
import type { RunningProgram } from "../helpers/program/program.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

function open(
  args: string[],
  { columns = 60, rows = 20, env }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): ProgramOnTerminal {
  return startOnTerminal(args, { home, columns, rows, ...(env ? { env } : {}) });
}

/** The terminal is as a shell wants it, and shows nothing of the screens. */
async function expectTerminalBack(program: ProgramOnTerminal): Promise<void> {
  expect(await program.ended).toMatchObject({ isLineMode: true, isEcho: true });
  expect([...program.screen.modes].sort()).toEqual(["25", "7"]);
  expect(program.screen.text().replace("^C", "").trim()).toBe("");
}

describe("settings, from the first connection on", () => {
  let serverHome: string;
  let server: RunningProgram;
  let url: string;
  beforeAll(async () => {
    serverHome = newHome();
    server = startMoodsync(["serve", "--port", "0"], { home: serverHome });
    url = (await server.waitFor(/listening on (\S+)/))[1]!;
  });
  afterAll(async () => {
    await server.stop();
    removeHome(serverHome);
  });

  test.each([
    [60, 20],
    [80, 24],
    [160, 50],
  ])("mistypes the URL and the key, connects, syncs and disconnects at %i × %i", async (columns, rows) => {
    const added = await runMoodsync(["admin", "user", "add", "--json"], { home: serverHome });
    const apiKey: string = JSON.parse(added.stdout).api_key;
    await runMoodsync(["log", "mood", "4", "-n", "a private note"], { home });
    const app = open(["settings"], { columns, rows });
    await app.waitFor("▌Server");
    app.type(`${KEYS.enter}${url.replace("http://", "htp://")}${KEYS.enter}`);
    await app.waitFor("The server's URL must begin with https://.");
    app.type(`${KEYS.enter}${KEYS.clearLine}${url}${KEYS.enter}`);
    await app.waitFor("▌API key");
    app.type(KEYS.enter);
    app.paste(`${apiKey.slice(0, -1)}${apiKey.endsWith("0") ? "1" : "0"}\n`);
    app.type(KEYS.enter);
    await app.waitFor("This is not a complete moodsync API key.");
    app.type(`${KEYS.enter}${KEYS.clearLine}`);
    app.paste(`${apiKey}\n`);
    await app.waitFor("•••");
    app.type(KEYS.enter);
    await app.waitFor("▌This device");
    app.type(`${KEYS.down}${KEYS.down}${KEYS.enter}`);
    await app.waitFor(`Sync is on: ${url}`);
    app.type("s");
    await app.waitFor("Synced: 1 uploaded, 0 downloaded.");
    app.type(KEYS.left);
    await app.waitFor("Last success");
    app.type("t");
    await app.waitFor("The server answers and accepts the key.");
    expect(app.screen.text().split("\n").length).toBeLessThanOrEqual(rows);
    app.type(`${KEYS.right}${KEYS.end}${KEYS.enter}`);
    await app.waitFor("All data stays on this device and on the server. y yes n no");
    app.type("y");
    await app.waitFor("Sync is off and the key is forgotten.");
    app.type("q");
    expect(await app.ended).toMatchObject({ code: 0 });
    await expectTerminalBack(app);
    const status = await runMoodsync(["sync", "status", "--json"], { home });
    expect(JSON.parse(status.stdout)).toMatchObject({ enabled: false, pending: 0, last_error: null });
    const kept = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const entry of kept) {
      expect(readFileSync(join(entry.parentPath, entry.name)).includes(apiKey)).toBe(false);
    }
  });
});

describe("the screens", () => {
  test("give the terminal back after q and Ctrl-C, with their exit codes", async () => {
    const quit = open(["tui"]);
    await quit.waitFor("How are you?");
    expect([...quit.screen.modes].sort()).toEqual(["1000", "1006", "1049", "2004"]);
    quit.type("q");
    expect(await quit.ended).toMatchObject({ code: 0 });
    await expectTerminalBack(quit);
    const interrupted = open(["settings"]);
    await interrupted.waitFor("▌Server");
    interrupted.type(`${KEYS.enter}half a URL${KEYS.interrupt}`);
    expect(await interrupted.ended).toMatchObject({ code: 130 });
    await expectTerminalBack(interrupted);
  });

  test.each(["TERM", "HUP", "INT"] as const)(
    "give the terminal back after SIG%s, and end by it",
    async (name) => {
      const app = open(["tui"]);
      await app.waitFor("How are you?");
      app.signal(name);
      expect(await app.ended).toMatchObject({ code: null, signal: `SIG${name}` });
      await expectTerminalBack(app);
    },
  );

  test("follow the terminal's size", async () => {
    const app = open(["tui"]);
    await app.waitFor("How are you?");
    app.resize(50, 12);
    await app.waitFor("this terminal has 50 × 12");
    app.resize(120, 40);
    await app.waitFor("How are you?");
    expect(app.screen.text().split("\n")).toHaveLength(40);
  });

  test("log, edit and find moods, and set no colours under NO_COLOR", async () => {
    const app = open(["tui"], { env: { NO_COLOR: "1", CI: "true", DEV: "true" } });
    await app.waitFor("How are you?");
    app.type("2");
    await app.waitFor("What was part of it?");
    app.type("n");
    await app.waitFor("to the activities");
    app.paste("first line\nsecond line");
    app.type(KEYS.enter);
    await app.waitFor("Logged mood 2 (bad).");
    app.type(KEYS.tab);
    await app.waitFor("1 entry");
    app.type(`e${KEYS.enter}${KEYS.clearLine}5${KEYS.enter}`);
    await app.waitFor("Changed.");
    app.type(KEYS.escape);
    await app.waitFor("1 entry");
    app.type("d");
    await app.waitFor("Deleted mood 5 (great)");
    app.type("u");
    await app.waitFor("Took back: the deletion of");
    app.type("q");
    await expectTerminalBack(app);
    expect([...app.screen.styles].filter((style) => /^(3|4|9)\d$/.test(style))).toEqual([]);
    const { stdout } = await runMoodsync(["list", "--json"], { home });
    expect(JSON.parse(stdout)).toMatchObject([{ value: 5, note: "first line second line" }]);
  });

  test("say what is wrong before they open when the database cannot be", async () => {
    const app = open(["settings"], { columns: 160, env: { MOODSYNC_HOME: "/dev/null/x" } });
    await app.waitFor("a part of its path is a file, not a directory.");
    expect(await app.ended).toMatchObject({ code: 1 });
  });

  test("are not there without a terminal", async () => {
    for (const name of ["settings", "tui"]) {
      const { code, stdout, stderr } = await runMoodsync([name], { home });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^This needs a terminal; .*\n$/);
    }
  });
});

test("moodsync alone shows today's card on a terminal, without drawing a screen", async () => {
  await runMoodsync(["log", "mood", "4"], { home });
  const app = open([]);
  expect(await app.ended).toMatchObject({ code: 0 });
  expect(app.screen.text()).toMatch(
    /^ {2}(Still )?\w+day \d+ \w+ {2}\d\d:\d\d\n\n {3}4 {2}good {2}\d\d:\d\d/,
  );
});
