import { expect, test } from "vitest";
import { findCommand } from "../../../src/cli/command-entry.ts";
import { EXAMPLES } from "../../../src/cli/help/examples.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { idleContext } from "../../helpers/device/idle-context.ts";

/** The arguments as a shell would split them; what follows < or | is not moodsync's. */
function shellWords(line: string): string[] {
  const typed = line.replace(/ [<|] .*$/, "");
  return [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}

test("every command has an example, and every example is of a command", () => {
  const words = COMMANDS.map((entry) => entry.words).sort();
  expect(Object.keys(EXAMPLES).sort()).toEqual(words);
  for (const [name, examples] of Object.entries(EXAMPLES)) expect(examples.length, name).toBeGreaterThan(0);
});

test.each(
  Object.entries(EXAMPLES).flatMap(([words, examples]) => examples.map(({ typed }) => [typed, words])),
)("moodsync %s has arguments and options that its command takes", async (typed, words) => {
  const found = findCommand(COMMANDS, shellWords(typed!));
  expect(found?.entry.words).toBe(words);
  const command = (await found!.entry.load()).default(idleContext());
  let isRun = false;
  command.exitOverride().configureOutput({ writeErr: () => {} });
  command.action(() => {
    isRun = true;
  });
  await command.parseAsync(found!.rest, { from: "user" });
  expect(isRun).toBe(true);
});
