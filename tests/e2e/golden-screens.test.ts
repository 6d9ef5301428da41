import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EVENING_MS, logInventedYear } from "../helpers/insights/log-invented-year.ts";
import { newHome, removeHome } from "../helpers/program/home.ts";
import type { TerminalScreen } from "../helpers/terminal/terminal-screen.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

const SLOW_CLOCK = fileURLToPath(new URL("../helpers/program/slow-clock.cjs", import.meta.url));
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const SHORT_ID = /\b[0-9a-f]{7}(?=\))/g;
const QUIET_MS = 120;
/** The name of the device is the machine's at first. */
const HOST = /(?<=This device +)\S+/g;
const IN_BETWEEN = "";

/** What is typed, and what it brings; then the screen has its name. */
type Step = [screen: string, typed: string, shown: string];

const FIRST_DAY: Step[] = [
  ["first run", "", "Hello. This keeps how you are"],
  ["words to begin with", "4", "What was part of it?"],
  ["History, one entry", `w${KEYS.enter}${KEYS.tab}`, "1 entry"],
  ["too few days for a line", KEYS.tab, "median 4"],
  ["too few days to compare", "3", "Not enough days yet."],
];

const YEAR: Step[] = [
  ["Today", "", "How are you?"],
  ["keys", "?", "Everywhere"],
  [IN_BETWEEN, KEYS.escape, "How are you?"],
  ["support lines", "H", "findahelpline.com"],
  [IN_BETWEEN, KEYS.escape, "How are you?"],
  ["after a mood", "5", "What was part of it?"],
  ["a note that is typed", "rfnFelt light", "Felt light"],
  ["Today, logged", KEYS.enter, "Logged mood 5 (great)."],
  ["History", KEYS.tab, "▌Wed 25 Nov"],
  [IN_BETWEEN, KEYS.down, "▌"],
  ["an entry", KEYS.enter, "zone"],
  [IN_BETWEEN, KEYS.escape, "entries"],
  ["Trend", KEYS.tab, "4 ┤"],
  ["Year", "2", "▌Nov"],
  ["a month of the year", KEYS.enter, "November 2026"],
  [IN_BETWEEN, KEYS.escape, "▌Nov"],
  ["Year by weeks", "w", "Mo"],
  ["Activities", "3", "days with friends"],
  ["Assessments", "4", "since the first"],
  ["Connection", KEYS.tab, "▌Server"],
  ["Status", "1", "Last success"],
  ["Preferences", "3", "▌"],
  ["Devices", "4", "Sync is off."],
  ["Keys", "5", "Sync is off."],
  ["check-in", `${KEYS.backTab}${KEYS.backTab}${KEYS.backTab}D`, "Check in"],
  ["before the questions", KEYS.enter, "9 questions, about 2 minutes."],
  ["a question", KEYS.enter, "question 1 of 9"],
  ["item 9", "00000000", "question 9 of 9"],
  ["the notice", "1", "it is stored"],
  ["not scored", KEYS.enter, "one more, not scored"],
  ["the result", "0", "1 of 27"],
];

/** No frame is half painted, and none came for a while: what a key brings may take two. */
async function settled(screen: TerminalScreen): Promise<void> {
  for (let before = ""; before !== screen.text() || screen.modes.has("2026"); await sleep(QUIET_MS)) {
    before = screen.text();
  }
}

/** All screens of such steps, one below the other. */
async function drive(steps: readonly Step[], columns: number, rows: number): Promise<string> {
  const env = {
    NODE_OPTIONS: `--require ${SLOW_CLOCK}`,
    CLOCK_BEGINS: String(EVENING_MS),
    TZ: "Europe/Berlin",
  };
  const app = startOnTerminal(["tui"], { home, columns, rows, env });
  const shown: string[] = [];
  for (const [screen, typed, text] of steps) {
    app.type(typed);
    await app.waitFor(text);
    await settled(app.screen);
    if (screen !== IN_BETWEEN) shown.push(`=== ${screen}\n${app.screen.text()}\n`);
  }
  app.resize(columns - 20, 14);
  await app.waitFor("needs 60 × 20 characters");
  await settled(app.screen);
  shown.push(`=== too small\n${app.screen.text()}\n`);
  app.type(KEYS.interrupt);
  await app.ended;
  return shown
    .join("\n")
    .replaceAll(UUID, "0".repeat(36))
    .replaceAll(SHORT_ID, "0000000")
    .replaceAll(HOST, "laptop");
}

test.each([
  [60, 20],
  [80, 24],
  [120, 40],
  [160, 50],
])("every screen in a terminal of %i × %i is as it was", async (columns, rows) => {
  const first = columns > 80 ? "" : `${await drive(FIRST_DAY, columns, rows)}\n`;
  removeHome(home);
  home = newHome();
  logInventedYear(home);
  const text = first + (await drive(YEAR, columns, rows));
  await expect(text).toMatchFileSnapshot(`golden/screens-${columns}x${rows}.txt`);
});
