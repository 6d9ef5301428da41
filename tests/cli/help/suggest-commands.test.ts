import { expect, test } from "vitest";
import { findCommand } from "../../../src/cli/command-entry.ts";
import { FAMILIAR_WORDS } from "../../../src/cli/help/familiar-words.ts";
import { suggestCommands } from "../../../src/cli/help/suggest-commands.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { createDevice } from "../../helpers/device/device.ts";

const suggested = (line: string) => suggestCommands(COMMANDS, line.split(" "));

test.each([
  ["hlep", "help"],
  ["lits", "list"],
  ["tody", "today"],
  ["sync enalbe", "sync enable"],
  ["sync disalbe", "sync disable"],
  ["snyc status", "sync status"],
  ["daemon stats", "daemon status"],
  ["activity lsit", "activity list"],
  ["acount devices", "account devices"],
  ["logmood", "log mood"],
  ["log-mood 4", "log mood"],
  ["log mod 4", "log mood"],
  ["LOG MOD 4", "log mood"],
  ["mood log", "log mood"],
  ["conflicts", "sync conflicts"],
  ["enable sync", "sync enable"],
  ["phq9", "log assessment phq9"],
  ["log phq-9", "log assessment phq9"],
  ["login", "sync enable"],
  ["suicide", "help-now"],
  ["helpnow", "help-now"],
])("`moodsync %s` is taken for `%s`", (typed, meant) => expect(suggested(typed)[0]).toBe(meant));

test("several that are as near are all named", () => {
  expect(suggested("enable")).toEqual(["schedule enable", "sync enable"]);
});

test.each([
  "frobnicate",
  "sync frobnicate",
  "-x",
  "x".repeat(100_000),
  `log ${"y".repeat(100_000)}`,
  "constructor",
])("nothing far away is suggested: %.40s", (typed) =>
  expect(suggested(typed).filter((name) => !name.startsWith("log "))).toEqual([]),
);

test("every familiar word leads to a command", () => {
  for (const [word, names] of Object.entries(FAMILIAR_WORDS)) {
    const known = names.filter((name) => findCommand(COMMANDS, name.split(" "))?.rest.length === 0);
    expect(known, word).not.toEqual([]);
    if (!findCommand(COMMANDS, [word])) expect(suggested(word), word).toEqual(known.slice(0, 3));
  }
});

test("the guess is not run, and what was typed is not repeated", async () => {
  const device = createDevice();
  const { code, stdout, stderr } = await device.run(["log", "mod", "4", "-n", "a secret"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe("There is no such command.\nDid you mean `moodsync log mood`?\n");
  expect(await device.json(["list"])).toEqual([]);
});

test("with --json the suggestion is the hint", async () => {
  const { code, stdout } = await createDevice().run(["sync", "enalbe", "--json"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).error).toEqual({
    code: "usage",
    message: "There is no such command.",
    hint: "Did you mean `moodsync sync enable`?",
  });
});
