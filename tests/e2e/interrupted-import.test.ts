import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync, startMoodsync } from "../helpers/program/moodsync.ts";
import type { RunningProgram } from "../helpers/program/program.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";
import { until } from "../helpers/until.ts";

/** Enough for several steps of reading and of storing, and for some tenths of a second of both. */
const ROWS = 15_000;

let home: string;
let file: string;
let before: unknown;
beforeEach(async () => {
  home = newHome();
  await runMoodsync(["log", "mood", "3"], { home });
  file = join(temporaryDirectory("import"), "daylio.csv");
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const day = new Date(Date.UTC(1970, 0, 1 + index)).toISOString().slice(0, 10);
    return `${day},x,x,08:20,good,"walk | read","","Rain ${index}"\n`;
  });
  writeFileSync(file, `full_date,date,weekday,time,mood,activities,note_title,note\n${rows.join("")}`);
  before = kept();
});
afterEach(() => removeHome(home));
const startOnTerminal = terminalsOfTest();

/** The bytes of the database, and every other file; the cache is compiled code. */
function kept(): unknown {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(home, "cache")))
    .map((entry) => join(entry.parentPath, entry.name));
  return { files, database: readFileSync(join(home, "moodsync.db")).toString("base64") };
}

async function stopBy(program: RunningProgram, signal: "SIGINT" | "SIGTERM") {
  if (program.child.exitCode === null) program.child.kill(signal);
  if (program.child.exitCode === null && program.child.signalCode === null)
    await once(program.child, "close");
  return program.child.signalCode;
}

const importIt = () => startMoodsync(["import", file, "--yes"], { home });

test.each(["SIGINT", "SIGTERM"] as const)("%s in the middle of storing leaves nothing", async (signal) => {
  const program = importIt();
  // The backup is there when storing begins, and goes when it was ended.
  await until(() => readdirSync(home).includes("backups") && readdirSync(join(home, "backups")).length > 0);
  expect(await stopBy(program, signal)).toBe(signal);
  expect(program.output.stderr).toBe("Nothing was stored.\n");
  expect(kept()).toEqual(before);
});

test("Ctrl-C leaves nothing at whatever moment it comes, and what was not ended is stored whole", async () => {
  for (let ms = 150; ; ms *= 2) {
    const program = importIt();
    await Promise.race([sleep(ms), once(program.child, "close")]);
    const endedBy = await stopBy(program, "SIGINT");
    expect(program.output.stderr).not.toMatch(/^\s+at /m);
    if (endedBy === null) break;
    expect(kept()).toEqual(before);
  }
  const { stdout } = await runMoodsync(["import", file, "--yes", "--json"], { home });
  expect(JSON.parse(stdout)).toMatchObject({ status: "ok", entries: { new: 0, duplicate: ROWS } });
});

test.each(["INT", "TERM"] as const)("SIG%s at the question leaves nothing", async (signal) => {
  const program = startOnTerminal(["import", file], { home, columns: 80, rows: 24 });
  await program.waitFor("[y/N]");
  program.signal(signal);
  expect(await program.ended).toMatchObject({ signal: `SIG${signal}`, isLineMode: true });
  expect(kept()).toEqual(before);
});
