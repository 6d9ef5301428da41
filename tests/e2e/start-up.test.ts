import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { runMoodsync } from "../helpers/program/moodsync.ts";

const HEAVY_PACKAGES = ["zod", "ink", "react", "pino", "postgres", "chrono-node"];
let home: string;

beforeAll(() => {
  home = newHome();
});
afterAll(() => removeHome(home));

describe("what the everyday commands load", () => {
  test.each([
    "log mood 4 -a run -n ran",
    "log assessment PHQ-9 --score 7",
    "list",
    "show @last",
    "due",
    "--version",
  ])("has no heavy package: moodsync %s", async (typed) => {
    const { code, packages } = await loadedPackages(typed.split(" "));
    expect(code).toBe(0);
    expect(packages.filter((name) => HEAVY_PACKAGES.includes(name))).toEqual([]);
  });

  test("is seen by this test: it finds commander in list, and chrono-node where a time is given in words", async () => {
    expect((await loadedPackages(["list"])).packages).toContain("commander");
    const inWords = ["log", "mood", "4", "--at", "last friday at noon"];
    expect((await loadedPackages(inWords)).packages).toContain("chrono-node");
  });
});

test("the program file holds no package that only a screen, the server or an encrypted file needs", () => {
  const file = join(inject("installDir"), "node_modules/moodsync/dist/main.cjs.map");
  const { sources } = JSON.parse(readFileSync(file, "utf8")) as { sources: string[] };
  const packages = new Set(sources.flatMap(packageOf));
  expect([...packages]).toContain("commander");
  const elsewhere = ["ink", "react", "pino", "postgres", "yauzl", "age-encryption", "@noble/ciphers"];
  expect(elsewhere.filter((name) => packages.has(name))).toEqual([]);
});

/** The packages of which the run called a function: V8 counts the calls, the source maps name the packages. */
async function loadedPackages(
  args: string[],
  input = "",
): Promise<{ code: number | null; packages: string[] }> {
  const coverage = mkdtempSync(join(tmpdir(), "moodsync-coverage-"));
  const env = { NODE_V8_COVERAGE: coverage, MOODSYNC_DEBUG: "1" };
  const { code } = await runMoodsync(args, { home, input, env });
  const reports = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), "utf8"));
  rmSync(coverage, { recursive: true });
  const scripts = reports.flatMap((report) => JSON.parse(report).result as CoveredScript[]);
  const sources = scripts.filter(({ url }) => url.includes("/dist/")).flatMap(calledSources);
  return { code, packages: [...new Set(sources.flatMap(packageOf))] };
}

/** Of a source that lies in one; none for our own. */
function packageOf(source: string): string[] {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  return name === undefined ? [] : [name];
}

interface CoveredScript {
  url: string;
  functions: { ranges: { startOffset: number; count: number }[] }[];
}

function calledSources({ url, functions }: CoveredScript): string[] {
  const file = fileURLToPath(url);
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  const lineStarts = [0];
  for (const { index } of readFileSync(file, "utf8").matchAll(/\n/g)) lineStarts.push(index + 1);
  return functions.flatMap(({ ranges: [range] }) => {
    if (!range || range.count === 0) return [];
    const line = lineStarts.findLastIndex((start) => start <= range.startOffset);
    const entry = map.findEntry(line, range.startOffset - lineStarts[line]!);
    return "originalSource" in entry ? [entry.originalSource] : [];
  });
}
