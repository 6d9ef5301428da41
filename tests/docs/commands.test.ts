import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/registry.ts";
import { EXIT_CODE } from "../../src/domain/exit-code.ts";
import { packageRoot } from "../../src/package-root.ts";
import { idleContext } from "../helpers/device/idle-context.ts";
import { readDocument, tableRows } from "../helpers/project/document.ts";

const page = readDocument("docs/commands.md");

test("every exit code is on the page, with its errors", () => {
  const rows = tableRows(page, "code", "error `code`").flatMap(([code, errors]) =>
    (errors!.match(/\w+/g) ?? []).map((error) => [error, Number(code)]),
  );
  expect(Object.fromEntries(rows)).toEqual(EXIT_CODE);
});

test("every command with --json is on the page", async () => {
  const missing: string[] = [];
  for (const { words, load } of COMMANDS) {
    const command = (await load()).default(idleContext());
    if (!command.options.some(({ long }) => long === "--json")) continue;
    if (!page.includes(`\`${words}\``) && !page.includes(`<!-- output: ${words} `)) missing.push(words);
  }
  expect(missing, "docs/commands.md must say what these print").toEqual([]);
});

test("every variable of the program is on the page", () => {
  const names = ["src", "server"].flatMap((folder) => {
    const root = join(packageRoot(), folder);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    return files.flatMap(
      (name) => readFileSync(join(root, name), "utf8").match(/\bMOODSYNC_[A-Z_]+\b/g) ?? [],
    );
  });
  expect(names.length).toBeGreaterThan(5);
  for (const name of new Set(names)) expect(page).toContain(`\`${name}\``);
});
