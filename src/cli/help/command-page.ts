import { wrapWords } from "../../output/wrap-words.ts";
import type { AnyCommand } from "../command.ts";
import type { CommandEntry } from "../command-entry.ts";
import { EXAMPLES } from "./examples.ts";
import {
  type Definition,
  definitions,
  EMPTY_LINE,
  type PageLine,
  type PageStyle,
  prose,
  section,
} from "./page.ts";

const MIN_ABOUT_GAP = 2;

/** The page of one command: what it does, examples, then everything that it takes. `below` are the commands that begin
 *  with its words. */
export function commandPage(
  { words, command, below }: { words: string; command: AnyCommand; below: readonly CommandEntry[] },
  style: PageStyle,
): PageLine[] {
  const rows = commandRows(command);
  return [
    ...prose(command.description(), style),
    EMPTY_LINE,
    ...exampleLines(words, style),
    EMPTY_LINE,
    ...prose(`Usage: ${usageOf(words, command)}`, style),
    ...(below.length > 0 ? prose(`       moodsync ${words} <command>`, style) : []),
    ...section("Arguments", definitions(rows.arguments, style), style),
    ...section("Options", definitions(rows.options, style), style),
    ...section("Commands", definitions(summaries(below), style), style),
  ];
}

/** What a command takes, as help and the manual page list it. */
export function commandRows(command: AnyCommand): { arguments: Definition[]; options: Definition[] } {
  return {
    arguments: command.registeredArguments.map(
      (argument): Definition => [argument.name(), argument.description],
    ),
    options: [
      ...command.options
        .filter((option) => !option.hidden)
        .map(({ flags, description }): Definition => [flags, description]),
      ["-h, --help", "show this page"],
    ],
  };
}

/** "moodsync show [options] <id>" */
export function usageOf(words: string, command: AnyCommand): string {
  return ["moodsync", words, "[options]", ...command.registeredArguments.map(argumentForm)].join(" ");
}

export function summaries(entries: readonly CommandEntry[]): Definition[] {
  return entries.map(({ words, summary }) => [words, summary]);
}

function argumentForm(argument: AnyCommand["registeredArguments"][number]): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Each with what it does beside it, or in a narrow terminal below it. */
function exampleLines(words: string, style: PageStyle): PageLine[] {
  const examples = (EXAMPLES[words] ?? []).map(({ typed, does }) => ({
    line: `moodsync ${typed}`,
    does: style.words(does),
  }));
  const lineColumns = Math.max(0, ...examples.map(({ line }) => line.length));
  const doesColumns = Math.max(0, ...examples.map(({ does }) => does.length));
  const isBeside = 2 + lineColumns + MIN_ABOUT_GAP + doesColumns <= style.width;
  return examples.flatMap(({ line, does }): PageLine[] => {
    if (style.isPlain) return [[`Example, ${does}: `, style.bold(line)]];
    if (isBeside) {
      return [["  ", style.bold(line), `${" ".repeat(lineColumns - line.length + MIN_ABOUT_GAP)}${does}`]];
    }
    const pieces = wrapWords(line, style.width - 6);
    return [
      ...pieces.map((piece, index) => [index === 0 ? "  " : "      ", style.bold(piece)]),
      ...wrapWords(does, style.width - 4).map((piece) => [`    ${piece}`]),
    ];
  });
}
