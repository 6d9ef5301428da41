import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { allowedImports, layoutViolations } from "./helpers/project/layout.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const allowed = allowedImports(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"));
const files = new Map(
  ["src", "server"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((f) => `${folder}/${f}`),
    )
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(join(root, path), "utf8")]),
);

const isServer = (folder: string) => /^server(\/|$)/.test(folder) && existsSync(join(root, folder));

const planted = (path: string, source: string, others: [string, string][] = []) =>
  layoutViolations(new Map([[path, source], ...others]), allowed);

describe("the project", () => {
  test("keeps to the arrows of CONTRIBUTING.md's map and starts without heavy packages", () => {
    expect(layoutViolations(files, allowed)).toEqual([]);
  });
});

test("tests lie in the folders of src and server, or in one of their own", () => {
  const own = /^(docs|e2e|faults|keyring|simulation)(\/|$)/;
  const folders = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => dirname(path));
  expect(folders.length).toBeGreaterThan(0);
  const misplaced = folders.filter(
    (folder) => !own.test(folder) && !existsSync(join(root, "src", folder)) && !isServer(folder),
  );
  expect(misplaced).toEqual([]);
});

test("tests are called `test`, never `it`", () => {
  const sources = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => [path, readFileSync(join(root, "tests", path), "utf8")] as const);
  expect(sources.length).toBeGreaterThan(0);
  const importsIt = /import \{[^}]*\bit\b[^}]*\} from "vitest"/;
  expect(importsIt.test('import { expect, it } from "vitest"')).toBe(true);
  expect(sources.filter(([path, source]) => path !== "layout.test.ts" && importsIt.test(source))).toEqual([]);
});

describe("the check of the layout", () => {
  test("fails when it scanned no file", () => {
    expect(layoutViolations(new Map(), allowed)).toEqual(["no source file was found"]);
  });

  test("fails for a folder that the map does not name", () => {
    expect(planted("src/misc/a.ts", "import '../domain/a.ts'")).toEqual([
      "src/misc/a.ts: src/misc has no row in CONTRIBUTING.md's map",
    ]);
  });

  test.each([
    ["src/domain/a.ts", "import { b } from '../local/b.ts'", "src/domain/a.ts imports src/local"],
    ["src/domain/a.ts", "import type { b } from '../local/b.ts'", "src/domain/a.ts imports src/local"],
    ["src/domain/a.ts", "type B = import('../local/b.ts').B", "src/domain/a.ts imports src/local"],
    ["src/domain/a.ts", "import { readFileSync } from 'node:fs'", "src/domain/a.ts imports node:fs"],
    ["src/local/a.ts", "export * from '../sync/b.ts'", "src/local/a.ts imports src/sync"],
    ["src/local/a.ts", "export { b } from '../sync/b.ts'", "src/local/a.ts imports src/sync"],
    ["src/sync/a.ts", "const b = await import('../commands/b.ts')", "src/sync/a.ts imports src/commands"],
    ["src/sync/a.ts", "await import(name)", "src/sync/a.ts imports something that is not a string literal"],
    ["src/output/a.ts", "import { Box } from 'ink'", "src/output/a.ts imports ink"],
    [
      "src/output/a.tsx",
      "import { jsx } from 'react/jsx-runtime'; export const b = <b />",
      "src/output/a.tsx imports react",
    ],
    ["src/commands/list.ts", "await import('../../server/b.ts')", "src/commands/list.ts imports server"],
    [
      "server/db/users.ts",
      "import { b } from '../../src/local/b.ts'",
      "server/db/users.ts imports src/local",
    ],
    ["server/sync/a.ts", "import { b } from '../db/b.ts'", "server/sync/a.ts imports server/db"],
    ["server/http/a.ts", "import postgres from 'postgres'", "server/http/a.ts imports postgres"],
    ["src/local/a.ts", "import '../../tests/helpers/b.ts'", "src/local/a.ts imports tests"],
    ["src/entries/a.ts", "import { b } from '../output/b.ts'", "src/entries/a.ts imports src/output"],
    [
      "src/commands/log/mood.ts",
      "import { writeAs } from '../../local/versions/write.ts'",
      "src/commands/log/mood.ts stores entries past src/entries",
    ],
    [
      "src/sync/a.ts",
      "import { statement } from '../local/storage/statements.ts'",
      "src/sync/a.ts holds SQL",
    ],
    ["src/daemon/a.ts", "db.prepare(text)", "src/daemon/a.ts holds SQL"],
    ["src/sealing/a.ts", "import { inspect } from 'node:util'", "src/sealing/a.ts imports node:util"],
    ["src/sync/a.ts", "run(`\n  select id from mood_entries`)", "src/sync/a.ts holds SQL"],
  ])("finds what is planted in %s: %s", (path, source, violation) => {
    expect(planted(path, source)).toEqual([violation]);
  });

  test("finds a heavy package that a fast command loads through another file", () => {
    const others: [string, string][] = [["src/domain/b.ts", "export { z } from 'zod'"]];
    expect(planted("src/commands/log/mood.ts", "import { z } from '../../domain/b.ts'", others)).toEqual([
      "src/commands/log/mood.ts loads zod at start-up, through src/domain/b.ts",
    ]);
    expect(planted("src/main.ts", "import pino from 'pino'")).toEqual([
      "src/main.ts loads pino at start-up, through src/main.ts",
    ]);
    const sealing: [string, string][] = [["src/sealing/b.ts", ""]];
    expect(planted("src/commands/list.ts", "import '../sealing/b.ts'", sealing)).toEqual([
      "src/commands/list.ts loads src/sealing/b.ts at start-up",
    ]);
  });

  test.each([
    ["src/commands/serve.ts", "await import('../../server/start.ts')"],
    ["src/commands/admin/user.ts", "import type { User } from '../../../server/db/users.ts'"],
    ["src/commands/sync.ts", "import { z } from 'zod'; import '../tui/b.ts'"],
    ["src/commands/log/mood.ts", "import type { z } from 'zod'; await import('chrono-node')"],
    ["src/main.ts", "import pkg from '../package.json'; await import('./commands/log/mood.ts')"],
    ["src/tui/a.tsx", "import { Box } from 'ink'; import { b } from '../local/b.ts'"],
  ])("lets pass what is allowed in %s: %s", (path, source) => {
    expect(planted(path, source)).toEqual([]);
  });
});
