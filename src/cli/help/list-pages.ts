import { type CommandEntry, commandsBelow } from "../command-entry.ts";
import { summaries } from "./command-page.ts";
import { definitions, EMPTY_LINE, type PageLine, type PageStyle, prose, section } from "./page.ts";
import { TOPICS } from "./topics/topics.ts";

const EXPLAINS_ONE =
  "`moodsync <command> --help` explains one command. `moodsync help-now` lists support lines.";

/** The page of `help --all`: every command, and every topic. */
export function allPage(commands: readonly CommandEntry[], style: PageStyle): PageLine[] {
  const topics = TOPICS.map(({ name, summary }) => [name, summary] as const);
  return [
    ...prose("Usage: moodsync <command> [options]", style),
    ...section("Commands", definitions(summaries(commands), style), style),
    ...section("Topics: moodsync help <topic>", definitions(topics, style), style),
    EMPTY_LINE,
    ...prose(EXPLAINS_ONE, style),
  ];
}

/** The page of words that are no command by themselves: the commands below them. */
export function groupPage(
  commands: readonly CommandEntry[],
  words: readonly string[],
  style: PageStyle,
): PageLine[] {
  const group = words.join(" ");
  return [
    ...prose(`Usage: moodsync ${group} <command> [options]`, style),
    ...section("Commands", definitions(summaries(commandsBelow(commands, words)), style), style),
    EMPTY_LINE,
    ...prose(EXPLAINS_ONE, style),
  ];
}
