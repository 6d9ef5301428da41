import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { startProgram } from "../tests/helpers/program/program.ts";
import { type ProgramOnTerminal, startOnTerminal } from "../tests/helpers/terminal/pty.ts";
import type { Figure } from "./figure.ts";
import { fillWithDays } from "./fill.ts";
import { cpuOf, MOODSYNC, residentMbOf } from "./measure.ts";

const ROUNDS = 11;
const ENTRIES_A_DAY = 9;
const SIZE = { columns: 120, rows: 40 };
/** What is typed in Today, and what it brings to the screen. */
const KEYS = [
  ["4", "What was part of it?"],
  ["w", "✓ work"],
  ["\r", "Logged mood 4 (good)."],
  ["u", "Took back:"],
] as const;
const KEY_ROUNDS = 50;
/** What follows a paint belongs to the key as well. */
const AFTER_PAINT_MS = 80;
const MAX_MB_ABOVE_BARE_NODE = 60;
const MAX_MS_A_KEY = 30;

/** What do the screens cost: until `tui` shows Today on 100 and on 100,000 entries, and from a key to its paint? Linux
 *  only: what a process uses is read from /proc. */
export async function measureScreens(): Promise<Figure[]> {
  if (!existsSync("/proc/self/schedstat")) return [];
  const [few, many] = [newHome(), newHome()];
  try {
    fillWithDays(few, 100, ENTRIES_A_DAY);
    fillWithDays(many, 100_000, ENTRIES_A_DAY);
    const paints = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      paints.few.push(await firstPaint(few));
      paints.many.push(await firstPaint(many));
    }
    return [
      {
        name: "first paint of `tui` of 100,000, CPU",
        unit: "ms",
        values: paints.many,
        reference: { name: "of 100", values: paints.few },
        limit: { most: 1.2 },
      },
      ...(await measureKeys(many)),
    ];
  } finally {
    for (const home of [few, many]) removeHome(home);
  }
}

async function open(home: string): Promise<ProgramOnTerminal> {
  const env = { COLORTERM: "truecolor", TERM: "xterm-256color" };
  const app = startOnTerminal(["tui"], { home, ...SIZE, env, bin: MOODSYNC });
  await app.waitFor("q quit");
  return app;
}

async function close(app: ProgramOnTerminal): Promise<void> {
  app.kill();
  await app.ended;
}

async function firstPaint(home: string): Promise<number> {
  const app = await open(home);
  const cpuMs = cpuOf(app.pid());
  await close(app);
  return cpuMs;
}

/** Each key in Today, with a database that grows by it, and what the process holds before and after them. */
async function measureKeys(home: string): Promise<Figure[]> {
  const app = await open(home);
  const bare = startProgram("-e", ["setInterval(() => {}, 1e6)"], { home });
  try {
    await sleep(1_000);
    const aboveBareMb = () => residentMbOf(app.pid()) - residentMbOf(bare.child.pid!);
    const opened = aboveBareMb();
    const values: number[] = [];
    for (let round = 0; round < KEY_ROUNDS; round++) {
      for (const [key, shown] of KEYS) {
        const before = cpuOf(app.pid());
        app.type(key);
        await app.waitFor(shown);
        await sleep(AFTER_PAINT_MS);
        values.push(cpuOf(app.pid()) - before);
      }
    }
    const used = aboveBareMb();
    return [
      {
        name: "a key to its paint in Today of 100,000, CPU",
        unit: "ms",
        values,
        limit: { most: MAX_MS_A_KEY },
      },
      {
        name: "memory of `tui` of 100,000 above a bare Node",
        unit: "MB",
        values: [opened],
        limit: { most: MAX_MB_ABOVE_BARE_NODE },
      },
      {
        name: `the same after ${values.length} keys in Today`,
        unit: "MB",
        values: [used],
        limit: { most: MAX_MB_ABOVE_BARE_NODE },
      },
    ];
  } finally {
    await Promise.all([close(app), bare.stop()]);
  }
}
