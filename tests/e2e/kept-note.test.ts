import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";

let home: string;
let file: string;
beforeEach(() => {
  home = newHome();
  file = join(home, "state/note-drafts.json");
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

/** Logs a mood on a screen and types half a note to it. */
async function typeNote(env: Record<string, string> = {}): Promise<ProgramOnTerminal> {
  const app = startOnTerminal(["tui"], { home, columns: 80, rows: 24, env });
  await app.waitFor("How are you?");
  app.type("4");
  await app.waitFor("What was part of it?");
  app.type("n");
  await app.waitFor("to the activities");
  app.type("half a note");
  await app.waitFor("▌ half a note");
  return app;
}

/** The terminal is as a shell wants it, the note lies in its file, and a sentence names that. */
async function expectKept(app: ProgramOnTerminal, text: string): Promise<void> {
  expect(await app.ended).toMatchObject({ isLineMode: true, isEcho: true, isCoreDumped: false });
  expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
  const said = app.screen.text().replaceAll(/\s/g, "");
  expect(said).toContain(`The note that you typed is kept in ${file};`.replaceAll(" ", ""));
  expect(keptTexts()).toEqual([text]);
}

function keptTexts(): string[] {
  const drafts: { text: string }[] = Object.values(JSON.parse(readFileSync(file, "utf8")));
  return drafts.map(({ text }) => text);
}

test.each(["TERM", "HUP"] as const)("a note outlives SIG%s in a file that is named", async (name) => {
  const app = await typeNote();
  app.signal(name);
  expect(await app.ended).toMatchObject({ code: null, signal: `SIG${name}` });
  await expectKept(app, "half a note");
});

test("a note outlives Ctrl-C, and is offered the next time with its file", async () => {
  const app = await typeNote();
  app.type(KEYS.interrupt);
  expect(await app.ended).toMatchObject({ code: 130 });
  await expectKept(app, "half a note");
  const next = startOnTerminal(["tui"], { home, columns: 160, rows: 24 });
  await next.waitFor(`was typed and not stored. n goes on with it; until then it is in ${file}.`);
  next.type("n");
  await next.waitFor("▌ half a note");
});

test("a note outlives a crash, which says one sentence and quotes nothing", async () => {
  const crash = join(home, "crash.cjs");
  writeFileSync(crash, 'process.on("SIGUSR2", () => { throw new Error("PRIVATE") });');
  const app = await typeNote({ NODE_OPTIONS: `--require ${crash}` });
  app.signal("USR2");
  expect(await app.ended).toMatchObject({ code: 1, signal: null });
  await expectKept(app, "half a note");
  expect(app.screen.text()).toContain("Something unexpected went wrong in moodsync.");
  expect(app.screen.text()).not.toMatch(/PRIVATE| at /);
});

test("a note outlives a database that is damaged under it, on the screen and in its file", async () => {
  const app = await typeNote();
  for (const name of ["moodsync.db", "moodsync.db-wal"])
    writeFileSync(join(home, name), Buffer.alloc(200_000, 170));
  app.type(` more${KEYS.enter}`);
  await app.waitFor("is damaged.");
  await app.waitFor(`What you typed is kept in ${file}.`);
  await app.waitFor("▌ half a note more");
  app.type(`${KEYS.tab}q`);
  await app.waitFor("Close this without storing it?");
  await app.waitFor("is damaged.");
  app.type("y");
  await app.waitFor("How are you?");
  app.type(KEYS.interrupt);
  await expectKept(app, "half a note more");
});

/** Only root may mount a disk of its own, and not in every container. */
function mountSmallDisk(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", home], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test.runIf(process.getuid?.() === 0)(
  "a note that is typed on a full disk is kept to its last letter",
  async ({ skip }) => {
    if (!mountSmallDisk()) return skip();
    try {
      const app = await typeNote();
      const fill = () => writeFileSync(join(home, `filler-${performance.now()}`), Buffer.alloc(4096));
      expect(() => {
        for (;;) fill();
      }).toThrow("ENOSPC");
      app.type(" more");
      await app.waitFor("▌ half a note more");
      app.type(KEYS.enter);
      await app.waitFor("The disk is full; nothing was changed.");
      await app.waitFor(`What you typed is kept in ${file}.`);
      app.type(KEYS.interrupt);
      await expectKept(app, "half a note more");
      execFileSync("mount", ["-o", "remount,size=50m", home]);
      const next = startOnTerminal(["tui"], { home, columns: 80, rows: 24 });
      await next.waitFor("was typed and not stored.");
      next.type("n");
      await next.waitFor("▌ half a note more");
      next.type(KEYS.enter);
      await next.waitFor("It is stored.");
      next.type("q");
      await next.ended;
      const { stdout } = await runMoodsync(["list", "--json"], { home });
      expect(JSON.parse(stdout)).toMatchObject([{ value: 4, note: "half a note more" }]);
    } finally {
      execFileSync("umount", ["--lazy", home]);
    }
  },
);
