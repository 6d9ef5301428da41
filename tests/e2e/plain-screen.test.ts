import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

/** What a screen reader reads out one by one, or leaves out: boxes, blocks, arrows, braille, ticks, a middle dot. */
const SIGNS = /[\u00b7\u2190-\u21ff\u2500-\u25ff\u2713\u2714\u2800-\u28ff\u2261]/;
const MENU = "? the rest, q leaves:";

const open = (args: string[], env: Record<string, string> = {}) =>
  startOnTerminal(args, { home, columns: 100, rows: 200, env });

test("the screens say everything in words, ask line by line, and store what is answered", async () => {
  const schedule = ["schedule", "add", "PHQ-2", "weekly", "--next-due", "2026-01-01 08:00"];
  await runMoodsync(schedule, { home });
  writeFileSync(join(home, "on-log"), '#!/bin/sh\ncat >> "$(dirname "$0")/got"\n', { mode: 0o700 });
  const app = open(["tui", "--plain"]);
  const steps: [waitFor: string, typed: string][] = [
    [MENU, "4"],
    ["nothing for none:", "?"],
    ["The most used first: work, friends,", "work, sea"],
    ["Note, nothing for none:", "felt light"],
    ["PHQ-2 is due since", "n"],
    [MENU, "n"],
    ["Note, nothing for none: felt light", ", and warm"],
    [MENU, "l"],
    ["1. ", "1"],
    ["note: 4 words, v shows it.", "5"],
    ["Stored: mood 5 (great), work, sea, with a note.", "b"],
    [MENU, "i"],
    ["as in 1 30d", "1 30d"],
    ["1 of 30 days", "2"],
    ["No entry:", "3"],
    ["sea: 1 of 1 day.", "4"],
    ["No results yet.", ""],
    [MENU, "p"],
    ["palette: aurora.", "palette dusk"],
    ["The colours of moods are now dusk.", "palette pink"],
    ["must be aurora, dusk or mono", ""],
    [MENU, "u"],
    ["Took back: a change of mood 4", "h"],
    ["emergency number", "q"],
  ];
  for (const [shown, typed] of steps) {
    await app.waitFor(shown);
    app.type(`${typed}\r`);
  }
  expect(await app.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
  expect(app.screen.text()).not.toMatch(SIGNS);
  expect([...app.screen.styles]).toEqual([]);
  const { stdout } = await runMoodsync(["list", "--json"], { home });
  expect(JSON.parse(stdout)).toMatchObject([
    { value: 4, note: "felt light, and warm", activity_labels: ["work", "sea"] },
  ]);
  const { entity } = JSON.parse(readFileSync(join(home, "got"), "utf8"));
  expect(entity).toMatchObject({ value: 4, note: "felt light", activities: { length: 2 } });
});

test("a note that is being typed outlives a signal, and is offered again", async () => {
  const app = open(["tui"], { INK_SCREEN_READER: "1" });
  await app.waitFor(MENU);
  app.type("3\r\r");
  await app.waitFor("Note, nothing for none:");
  app.type("half a note");
  await app.waitFor("half a note");
  app.signal("TERM");
  expect(await app.ended).toMatchObject({ signal: "SIGTERM", isLineMode: true, isEcho: true });
  const next = open(["tui", "--plain"], { TERM: "dumb" });
  await next.waitFor("was typed and not stored. n goes on with it; until then it is in");
  next.type("n\r");
  await next.waitFor("Note, nothing for none: half a note");
  next.type(", whole now\r");
  await next.waitFor("Stored: mood 3 (meh), with a note.");
  next.type("\u0003");
  expect(await next.ended).toMatchObject({ code: 130, isLineMode: true, isEcho: true });
  const { stdout } = await runMoodsync(["list", "--json"], { home });
  expect(JSON.parse(stdout)).toMatchObject([{ value: 3, note: "half a note, whole now" }]);
});

test("the settings alone do the same", async () => {
  const app = open(["settings", "--plain"]);
  await app.waitFor("Sync: off; everything works without it.");
  app.type("week.start sunday\r");
  await app.waitFor("Weeks now begin on Sunday.");
  app.type("\r");
  expect(await app.ended).toMatchObject({ code: 0 });
});
