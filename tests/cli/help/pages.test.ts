import stringWidth from "string-width";
import { expect, test } from "vitest";
import type { CommandEntry } from "../../../src/cli/command-entry.ts";
import { commandPage } from "../../../src/cli/help/command-page.ts";
import { FRONT_PAGE_GROUPS, frontPage } from "../../../src/cli/help/front-page.ts";
import { allPage, groupPage } from "../../../src/cli/help/list-pages.ts";
import { type PageLine, type PageStyle, paintPage } from "../../../src/cli/help/page.ts";
import { topicPage } from "../../../src/cli/help/topic-page.ts";
import { PRIVACY } from "../../../src/cli/help/topics/privacy.ts";
import { TOPICS } from "../../../src/cli/help/topics/topics.ts";
import activityAdd from "../../../src/commands/activity/add.ts";
import { COMMANDS } from "../../../src/commands/registry.ts";
import { idleContext } from "../../helpers/device/idle-context.ts";
import { expectGolden } from "../../helpers/golden/golden.ts";
import { styleWith } from "../../helpers/golden/styles.ts";

const expectPage = (name: string, page: (style: PageStyle) => PageLine[]) =>
  expectGolden(name, (width, style) => paintPage(page({ ...style, width: Math.min(width, 80) }), style));

/** Entries of these words that are looked at and not run. */
const entries = (...words: string[]): CommandEntry[] =>
  words.map((name) => ({
    words: name,
    summary: "Do something with what is kept on this device",
    load: () => Promise.reject(new Error("not run")),
  }));

test("the front page, with every command that it knows", async () => {
  const named = FRONT_PAGE_GROUPS.flatMap(({ rows }) => rows.flatMap(({ commands }) => commands));
  const words = named.map((name) => name.replace(/ (4|phq9|-).*/, ""));
  await expectPage("help-front-page", (style) => frontPage(entries(...words), style));
});

test("the page of a command", async () => {
  const command = activityAdd(idleContext());
  const given = { words: "activity add", command, below: entries("activity add twice") };
  await expectPage("help-command", (style) => commandPage(given, style));
});

test("the page of a group", async () => {
  const commands = entries("sync enable", "sync disable", "account keys add");
  await expectPage("help-group", (style) => groupPage(commands, ["sync"], style));
});

test("the page of a topic", async () => {
  await expectPage("help-topic", (style) => topicPage(PRIVACY, style));
});

test("no page of a command or a topic is wider than its terminal", async () => {
  const loaded = await Promise.all(
    COMMANDS.map(async ({ words, load }) => ({
      words,
      command: (await load()).default(idleContext()),
      below: [],
    })),
  );
  for (const width of [40, 60, 80]) {
    for (const alphabet of ["full", "ascii"] as const) {
      const style = { ...styleWith({ depth: "none", hasWeight: false, alphabet }), width };
      const lines = [
        allPage(COMMANDS, style),
        ...TOPICS.map((topic) => topicPage(topic, style)),
        ...loaded.map((command) => commandPage(command, style)),
      ].flat();
      for (const line of paintPage(lines, style)) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  }
});
