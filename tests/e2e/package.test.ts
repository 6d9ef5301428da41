import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";
import { runProgram } from "../helpers/program/program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
let home: string;

beforeAll(() => {
  home = newHome();
});
afterAll(() => removeHome(home));

describe("the installed package", () => {
  test("prints its version", async () => {
    const { code, stdout } = await runMoodsync(["--version"], { home });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${packageJson.version}\n` });
  });

  test("logs a mood in an empty home and lists it", async () => {
    const logged = await runMoodsync(["log", "mood", "4"], { home });
    expect(logged.stdout).toMatch(/^Logged mood 4/);
    expect(logged.code).toBe(0);
    const listed = await runMoodsync(["list", "--json"], { home });
    expect(JSON.parse(listed.stdout)).toMatchObject([{ entity_type: "MoodEntry", value: 4 }]);
  });

  test("runs as npx moodsync", () => {
    const stdout = execFileSync("npx", ["--no-install", "moodsync", "--version"], {
      cwd: inject("installDir"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(stdout).toBe(`${packageJson.version}\n`);
  });

  test("carries the program, its migrations and its licences, and nothing of the source", () => {
    const installed = join(inject("installDir"), "node_modules/moodsync");
    expect(readdirSync(installed).sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "bin", "dist", "migrations", "package.json"].sort(),
    );
    const licenses = readFileSync(join(installed, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    expect(licenses).toContain("commander 14.0.3 (MIT)");
    expect(licenses).toContain("Copyright (c) 2011 TJ Holowaychuk");
  });

  test("carries the manual page of its own commands", async () => {
    const installed = join(inject("installDir"), "node_modules/moodsync");
    const manual = readFileSync(join(installed, packageJson.man), "utf8");
    const { stdout } = await runMoodsync(["help", "man"], { home });
    const withoutDate = (page: string) => page.replace(/^(\.TH MOODSYNC 1 )"[\d-]+"/m, "$1");
    expect(withoutDate(manual)).toBe(withoutDate(stdout));
    expect(manual).toContain(".SH COMMANDS");
  });
});

describe("a checkout", () => {
  let checkout: string;

  beforeAll(() => {
    checkout = mkdtempSync(join(tmpdir(), "moodsync-checkout-"));
    for (const part of ["package.json", "package-lock.json", "scripts", "bin", "src"]) {
      cpSync(join(root, part), join(checkout, part), { recursive: true });
    }
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  test("says what to do when it is not built", async () => {
    const result = await runProgram(join(checkout, "bin/moodsync.js"), ["--version"], { home });
    expect(result).toEqual({ code: 1, stdout: "", stderr: "moodsync is not built; run npm ci\n" });
  });

  // The compilation of better-sqlite3 is left out (--ignore-scripts), so npm's next step, prepare, is called by name.
  test("installs without the development parts", () => {
    const npm = (...args: string[]) => spawnSync("npm", args, { cwd: checkout, encoding: "utf8" });
    const installed = npm("ci", "--omit=dev", "--omit=optional", "--ignore-scripts", "--prefer-offline");
    expect(installed.stderr).not.toContain("npm error");
    expect(installed.status).toBe(0);
    const prepared = npm("run", "prepare");
    expect(prepared.stderr).toContain("not built, because esbuild is not installed");
    expect(prepared.status).toBe(0);
  });
});
