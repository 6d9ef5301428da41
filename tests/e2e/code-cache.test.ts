import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";

const startOnTerminal = terminalsOfTest();
let home: string;
const directory = () => join(home, "cache");
/** Node 20 has one file, made by moodsync; later ones keep a file for each script in a directory of theirs. */
const caches = () =>
  existsSync(directory())
    ? readdirSync(directory(), { recursive: true, encoding: "utf8" })
        .map((name) => join(directory(), name))
        .filter((path) => statSync(path).isFile())
    : [];
const stamps = () => caches().map((path) => `${path} ${statSync(path).ino} ${statSync(path).mtimeMs}`);

async function list() {
  const { code, stdout, stderr } = await runMoodsync(["list"], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("4 good");
}

beforeEach(async () => {
  home = newHome();
  await runMoodsync(["log", "mood", "4"], { home });
  await list();
});
afterEach(() => removeHome(home));

describe("the code cache", () => {
  test("is the user's alone and is kept while it fits", async () => {
    expect(statSync(directory()).mode & 0o777).toBe(0o700);
    expect(caches().length).toBeGreaterThan(0);
    for (const cache of caches()) expect(statSync(cache).mode & 0o777).toBe(0o600);
    const before = stamps();
    await list();
    expect(stamps()).toEqual(before);
  });

  test.runIf(process.versions.node.startsWith("20."))("of sync is one of its own", async () => {
    const before = stamps();
    await runMoodsync(["sync", "status"], { home });
    const both = stamps();
    expect(both).toEqual(expect.arrayContaining(before));
    expect(both).toHaveLength(2);
    await list();
    await runMoodsync(["sync", "status"], { home });
    expect(stamps()).toEqual(both);
  });

  test("that a screen has written is taken by the commands", async () => {
    rmSync(directory(), { recursive: true });
    mkdirSync(directory(), { mode: 0o700 });
    const app = startOnTerminal(["tui"], { home, columns: 80, rows: 24 });
    await app.waitFor("How are you?");
    app.type("q");
    expect(await app.ended).toMatchObject({ code: 0 });
    const before = stamps();
    expect(before).not.toEqual([]);
    await list();
    expect(stamps()).toEqual(before);
  });

  test.each<[string, (cache: string) => void]>([
    ["empty", (cache) => truncateSync(cache, 0)],
    ["truncated", (cache) => truncateSync(cache, statSync(cache).size >> 1)],
    [
      "damaged in one bit",
      (cache) => {
        const bytes = readFileSync(cache);
        bytes[bytes.length >> 1]! ^= 4;
        writeFileSync(cache, bytes);
      },
    ],
    ["of something else", (cache) => writeFileSync(cache, "x".repeat(100_000))],
  ])("is made anew when it is %s", async (_, damage) => {
    const sound = caches().map((cache) => readFileSync(cache).length);
    for (const cache of caches()) damage(cache);
    const damaged = caches().map((cache) => readFileSync(cache));
    await list();
    expect(caches().map((cache) => readFileSync(cache))).not.toEqual(damaged);
    expect(caches()).toHaveLength(sound.length);
    await list();
  });

  test("is not used where others may write it or own it", async () => {
    const before = stamps();
    for (const cache of caches()) truncateSync(cache, 1);
    chmodSync(directory(), 0o770);
    await list();
    chmodSync(directory(), 0o700);
    if (process.getuid?.() === 0) {
      chownSync(directory(), 12_345, 12_345);
      const { code, stderr } = await runMoodsync(["list"], { home });
      expect(code).toBe(1);
      expect(stderr).toContain(`${directory()} belongs to another user, so moodsync does not use it.`);
      chownSync(directory(), 0, 0);
    }
    expect(caches().map((cache) => statSync(cache).size)).toEqual(before.map(() => 1));
  });

  test("is done without where its directory cannot be one", async () => {
    rmSync(directory(), { recursive: true });
    writeFileSync(directory(), "");
    await list();
    rmSync(directory());
    mkdirSync(directory(), { mode: 0o500 });
    await list();
  });

  test("is made by several processes at once, whole", async () => {
    for (const cache of caches()) rmSync(cache);
    await Promise.all(Array.from({ length: 6 }, list));
    const before = stamps();
    expect(before.length).toBeGreaterThan(0);
    await list();
    expect(stamps()).toEqual(before);
  });

  test("is not made in an empty home", async () => {
    removeHome(home);
    mkdirSync(home);
    await runMoodsync(["--help"], { home });
    expect(readdirSync(home)).toEqual([]);
  });
});
