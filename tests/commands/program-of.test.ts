import { expect, test } from "vitest";
import { findCommand } from "../../src/commands/command-entry.ts";
import { EVERYDAY_COMMANDS } from "../../src/commands/everyday.ts";
import { programOf } from "../../src/commands/program-of.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { SYNC_COMMAND } from "../../src/commands/sync-command.ts";

const COMMANDS_BY_PROGRAM = { everyday: EVERYDAY_COMMANDS, sync: [SYNC_COMMAND], any: COMMANDS };

test.each(COMMANDS.map(({ words }) => words))("the program that runs `%s` has that command", (words) => {
  for (const args of [words.split(" "), [...words.split(" "), "--help"]]) {
    const found = findCommand(COMMANDS_BY_PROGRAM[programOf(args)], args);
    expect(found?.entry).toBe(findCommand(COMMANDS, args)?.entry);
    expect(found?.entry.words).toBe(words);
  }
});

test("the everyday commands and `sync` have programs of their own", () => {
  for (const { words } of EVERYDAY_COMMANDS) expect(programOf(words.split(" "))).toBe("everyday");
  expect(programOf(["sync"])).toBe("sync");
  expect(programOf(["sync", "--json"])).toBe("sync");
  expect(programOf(["sync", "status"])).toBe("any");
});
