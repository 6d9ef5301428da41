import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";

let home: string;
beforeEach(async () => {
  home = newHome();
  await runMoodsync(["log", "mood", "3", "-a", "work,walk,friends,garden,music"], { home });
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

function open(args: string[], columns: number): ProgramOnTerminal {
  return startOnTerminal(args, { home, columns, rows: 24 });
}

const moods = async () => JSON.parse((await runMoodsync(["list", "--json"], { home })).stdout);

test.each([60, 80, 120])("the form asks in %i columns, and stores what was answered", async (columns) => {
  const app = open(["log", "mood"], columns);
  await app.waitFor("1 to 5, q leaves:");
  app.type("4\r");
  const screen = await app.waitFor("Enter for none:");
  for (const line of screen.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
  app.type("w g\r");
  await app.waitFor("Note; Enter for none:");
  app.type("felt light");
  app.paste(" and\nwarm");
  app.type("\r");
  await app.waitFor("Logged mood 4 (good)");
  expect(await app.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
  const stored = (await moods()).find(({ value }: { value: number }) => value === 4);
  expect(stored).toMatchObject({
    note: "felt light and warm",
    activities: [expect.any(String), expect.any(String)],
  });
});

test.each(["INT", "TERM", "HUP"] as const)(
  "left by SIG%s it stores nothing, and gives the terminal back",
  async (name) => {
    const app = open(["log", "mood"], 80);
    await app.waitFor("1 to 5, q leaves:");
    app.type("4\r");
    await app.waitFor("Enter for none:");
    app.signal(name);
    expect(await app.ended).toMatchObject({ isLineMode: true, isEcho: true });
    expect(await moods()).toHaveLength(1);
  },
);
