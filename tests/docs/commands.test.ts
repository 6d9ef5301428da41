import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { usageOf } from "../../src/cli/help/command-page.ts";
import { VARIABLES } from "../../src/cli/help/topics/environment.ts";
import { EXIT_CODE_ROWS } from "../../src/cli/help/topics/exit-codes.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { EXIT_CODE } from "../../src/domain/exit-code.ts";
import { packageRoot } from "../../src/package-root.ts";
import { idleContext } from "../helpers/device/idle-context.ts";
import { readDocument, tableRows } from "../helpers/project/document.ts";

const page = readDocument("docs/commands.md");

test("the exit codes on the page are those of `help exit-codes`, and every error has one", () => {
  const rows = EXIT_CODE_ROWS.map(({ code, errors, meaning }) => [
    String(code),
    errors.join("`, `"),
    meaning,
  ]);
  expect(tableRows(page, "code", "error `code`", "meaning")).toEqual(rows);
  const codes = EXIT_CODE_ROWS.flatMap(({ code, errors }) => errors.map((error) => [error, code]));
  expect(Object.fromEntries(codes)).toEqual(EXIT_CODE);
});

test("the variables on the page are those of `help environment`", () => {
  const rows = VARIABLES.map(([names, text]) => [names.replaceAll(", ", "`, `"), text]);
  expect(tableRows(page, "variable", "")).toEqual(rows);
});

test("the commands on the page, with what they take, are those of the program", async () => {
  const rows: string[][] = [];
  for (const { words, load } of COMMANDS) {
    const command = (await load()).default(idleContext());
    const options = command.options
      .filter(({ long, hidden }) => !hidden && long !== "--json" && long !== "--quiet")
      .map(({ flags }) => `\`${flags}\``);
    const form = usageOf(words, command)
      .replace(/^moodsync /, "")
      .replace(" [options]", "");
    rows.push([form, options.join(", ").replace(/^`(.*)`$/, "$1")]);
  }
  expect(tableRows(page, "command", "options")).toEqual(rows);
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
