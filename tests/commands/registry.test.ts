import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/registry.ts";
import { packageRoot } from "../../src/package-root.ts";

const folder = join(packageRoot(), "src/commands");
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const pathOf = (words: string) => `${words.replaceAll(" ", "/")}.ts`;

test("beside the registry there are commands alone, each under its words", () => {
  expect(paths.filter((path) => path !== "registry.ts").sort()).toEqual(
    COMMANDS.map(({ words }) => pathOf(words)).sort(),
  );
});

test.each(COMMANDS.map(({ words, load }) => [words, load] as const))(
  "`%s` is the command of its file",
  async (words, load) => {
    const file: { default: unknown } = await import(join(folder, pathOf(words)));
    expect((await load()).default).toBe(file.default);
  },
);
