import { expect, test } from "vitest";
import { EVERYDAY_COMMANDS } from "../../src/commands/everyday.ts";
import { EVERYDAY_WORDS } from "../../src/commands/everyday-words.ts";
import { COMMANDS } from "../../src/commands/registry.ts";

test("the words that start the program of the everyday commands are theirs, and of no other command", () => {
  const firstWords = (commands: readonly { words: string }[]) =>
    new Set(commands.map(({ words }) => words.split(" ")[0]));
  expect(EVERYDAY_WORDS).toEqual(firstWords(EVERYDAY_COMMANDS));
  const others = firstWords(COMMANDS.filter((command) => !EVERYDAY_COMMANDS.includes(command)));
  expect([...EVERYDAY_WORDS].filter((word) => others.has(word))).toEqual([]);
});
