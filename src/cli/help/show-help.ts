import { packageVersion } from "../../package-root.ts";
import type { AnyCommand } from "../command.ts";
import { type CommandEntry, commandsBelow, findCommand } from "../command-entry.ts";
import type { Context } from "../context.ts";
import { styleOf } from "../style.ts";
import { addStyleOptions } from "../style-options.ts";
import { commandPage } from "./command-page.ts";
import { frontPage } from "./front-page.ts";
import { allPage, groupPage } from "./list-pages.ts";
import { manPage } from "./man-page.ts";
import { MAX_PAGE_COLUMNS, type PageLine, type PageStyle, paintPage } from "./page.ts";
import { topicPage } from "./topic-page.ts";
import { findTopic, TOPICS } from "./topics/topics.ts";
import { unknownCommand } from "./usage-error.ts";

/** Prints the page of these words: of a command, a group of commands or a topic; without any the front page. Throws
 *  `usage` where they are none of them. */
export async function showHelp(
  context: Context,
  commands: readonly CommandEntry[],
  words: readonly string[],
): Promise<void> {
  const style = pageStyleOf(context);
  const found = findCommand(commands, words);
  if (words.length === 0) {
    printPage(context, frontPage(commands, style));
  } else if (found?.rest.length === 0) {
    showCommandHelp(context, commands, found.entry.words, (await found.entry.load()).default(context));
  } else {
    const topic = findTopic(words);
    if (topic) printPage(context, topicPage(topic, style));
    else if (commandsBelow(commands, words).length > 0) {
      printPage(context, groupPage(commands, words, style));
    } else throw unknownCommand(commands, words);
  }
}

export function showCommandHelp(
  context: Context,
  commands: readonly CommandEntry[],
  words: string,
  command: AnyCommand,
): void {
  const below = commandsBelow(commands, words.split(" "));
  addStyleOptions(command, context);
  printPage(context, commandPage({ words, command, below }, pageStyleOf(context)));
}

export function showAllCommands(context: Context, commands: readonly CommandEntry[]): void {
  printPage(context, allPage(commands, pageStyleOf(context)));
}

/** Prints the manual page as `man` reads it: `moodsync help man | man -l -`. */
export async function showManual(context: Context, commands: readonly CommandEntry[]): Promise<void> {
  const described = await Promise.all(
    commands.map(async ({ words, load }) => {
      const command = (await load()).default(context);
      addStyleOptions(command, context);
      return { words, command };
    }),
  );
  const date = new Date(context.nowMs()).toISOString().slice(0, "YYYY-MM-DD".length);
  context.stdout.write(manPage({ commands: described, topics: TOPICS, version: packageVersion(), date }));
}

/** The page of a group that was typed as if it were a command, to standard error. */
export function showGroup(
  context: Context,
  commands: readonly CommandEntry[],
  words: readonly string[],
): void {
  printPage(context, groupPage(commands, words, pageStyleOf(context)), context.stderr);
}

function pageStyleOf(context: Context): PageStyle {
  const width = Math.min(context.stdout.columns ?? MAX_PAGE_COLUMNS, MAX_PAGE_COLUMNS);
  return { ...styleOf(context), width };
}

function printPage(context: Context, lines: readonly PageLine[], output = context.stdout): void {
  output.writeLines(paintPage(lines, styleOf(context, output)));
}
