import { expect, test } from "vitest";
import { commandsBelow, findCommand } from "../../../src/cli/command-entry.ts";
import { FRONT_PAGE_GROUPS, frontPage } from "../../../src/cli/help/front-page.ts";
import { paintPage } from "../../../src/cli/help/page.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { styleWith } from "../../helpers/golden/styles.ts";

const plainStyle = styleWith({ depth: "none", hasWeight: false });
const page = (width: number, commands = COMMANDS) =>
  paintPage(frontPage(commands, { ...plainStyle, width }), plainStyle);

test("at 80 columns it is one screen, and every command that it names exists", () => {
  const lines = page(80);
  expect(lines.length).toBeLessThanOrEqual(23);
  const named = lines
    .slice(2, -3)
    .map((line) => line.slice(15, 43).trim())
    .filter((names) => names !== "")
    .flatMap((names) => names.split(", "));
  expect(named.length).toBeGreaterThan(15);
  for (const name of named) {
    const words = name.split(" ");
    expect(findCommand(COMMANDS, words) !== null || commandsBelow(COMMANDS, words).length > 0, name).toBe(
      true,
    );
  }
});

test("what does not exist is left out, with its row and its heading", () => {
  const text = page(
    80,
    COMMANDS.filter(({ words }) => !/^(serve|admin|tui)/.test(words)),
  ).join("\n");
  expect(text).not.toMatch(/Server|serve,|tui/);
  expect(text).toContain("today, due  ");
});

test.each([40, 60, 79, 80, 120])("no line is wider than %i columns", (width) => {
  for (const line of page(width)) expect(line.length, line).toBeLessThanOrEqual(width);
});

test("at 40 columns headings stand above their commands, without explanations", () => {
  const lines = page(40);
  expect(lines).toContain("Look back");
  expect(lines).toContain("  list, show, history");
});

test("no command is named by two rows of one heading", () => {
  for (const { rows } of FRONT_PAGE_GROUPS) {
    const names = rows.flatMap(({ commands }) => commands);
    expect(new Set(names).size).toBe(names.length);
  }
});
