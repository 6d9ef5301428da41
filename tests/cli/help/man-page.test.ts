import { expect, test } from "vitest";
import { TOPICS } from "../../../src/cli/help/topics/topics.ts";
import { addStyleOptions } from "../../../src/cli/style-options.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { createDevice } from "../../helpers/device/device.ts";
import { idleContext } from "../../helpers/device/idle-context.ts";

const { stdout: page } = await createDevice().run(["help", "man"]);
/** As it is read: without what roff needs. */
const text = page
  .replaceAll("\\-", "-")
  .replaceAll("\\(aq", "'")
  .replaceAll("\\(ga", "`")
  .replaceAll("\\(ti", "~")
  .replaceAll("\\[u2026]", "…");

/** What stands between the heading of a command and the next heading. */
const sectionOf = (words: string) =>
  text.split(/^\.S[SH] /m).find((section) => section.startsWith(`"moodsync ${words} [options]`)) ?? "";

test("the manual names every command with its arguments and options, and an example", async () => {
  for (const { words, load } of COMMANDS) {
    const context = idleContext();
    const command = (await load()).default(context);
    addStyleOptions(command, context);
    const section = sectionOf(words);
    for (const argument of command.registeredArguments) {
      expect(section, `${words} ${argument.name()}`).toContain(`.B "${argument.name()}"\n`);
    }
    for (const { flags } of command.options) {
      expect(section, `${words} ${flags}`).toContain(`.B "${flags.replaceAll('"', '""')}"\n`);
    }
    expect(section, words).toContain(`.RS\n.B "moodsync ${words}`);
  }
});

test("the manual has every topic, under the headings that manuals have", () => {
  const headings = [...text.matchAll(/^\.SH "?([A-Z ]+)"?$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(
    expect.arrayContaining([
      "NAME",
      "SYNOPSIS",
      "DESCRIPTION",
      "COMMANDS",
      "EXIT STATUS",
      "ENVIRONMENT",
      "SEE ALSO",
    ]),
  );
  for (const { body } of TOPICS) {
    for (const [term] of body.flatMap((block) => (typeof block === "string" ? [] : block))) {
      expect(text).toContain(`.TP\n.B "${term.replaceAll('"', '""')}"\n`);
    }
  }
});

test("no text is taken for a request of roff, and all of it is ASCII", () => {
  const requests = new Set(page.match(/^[.'][^ \n]*/gm));
  expect([...requests].sort()).toEqual(
    [".B", ".I", ".PP", ".RE", ".RS", ".SH", ".SS", ".TH", ".TP", '.\\"'].sort(),
  );
  expect(page).toMatch(/^[\n\x20-\x7e]*$/);
  for (const line of page.split("\n")) expect(line.length, line).toBeLessThan(120);
});
