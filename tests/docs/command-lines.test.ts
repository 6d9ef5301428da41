import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCommand } from "../../src/cli/command-entry.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { packageRoot } from "../../src/package-root.ts";
import { idleContext } from "../helpers/device/idle-context.ts";
import { fencedBlocks, readDocument } from "../helpers/project/document.ts";

const PAGES = ["README.md", ...readdirSync(join(packageRoot(), "docs")).map((name) => `docs/${name}`)];
const SHELLS = ["sh", "console"];

/** What is typed after `moodsync`, in shell blocks and in the text. */
function commandLines(page: string): string[] {
  const document = readDocument(page);
  const inBlocks = fencedBlocks(document)
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"));
  const inText = [...document.matchAll(/`(moodsync [^`]+)`/g)].map(([, line]) => line!.replaceAll("\n", " "));
  return [...inBlocks, ...inText].flatMap((line) => {
    const command = /(?:^|[\s$|;&])moodsync ((?!env |sh )[a-z][^|;&#<>]*)/.exec(line)?.[1];
    return command === undefined ? [] : [command.trim()];
  });
}

const typed = PAGES.flatMap((page) => commandLines(page).map((line) => [page, line] as const));

test.each([...new Map(typed.map((pair) => [pair[1], pair])).values()])("%s: moodsync %s", async (_, line) => {
  const words = line.split(/\s+/);
  const found = findCommand(COMMANDS, words);
  // `moodsync admin` names a group of commands.
  if (!found) {
    expect(words.length).toBe(1);
    return;
  }
  const command = (await found.entry.load()).default(idleContext());
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  for (const option of line.match(/(?<=\s)--?[a-z][\w-]*/g) ?? []) {
    expect([...known, "--help", "-h"]).toContain(option);
  }
});

test("finds the commands of the pages", () => expect(typed.length).toBeGreaterThan(15));
