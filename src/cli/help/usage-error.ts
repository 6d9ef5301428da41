import type { CommanderError } from "commander";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { editDistance } from "../../domain/text/edit-distance.ts";
import type { AnyCommand } from "../command.ts";
import { type CommandEntry, commandsBelow } from "../command-entry.ts";
import { EXAMPLES } from "./examples.ts";
import { didYouMean, suggestCommands } from "./suggest-commands.ts";

interface Typed {
  commands: readonly CommandEntry[];
  found: { entry: CommandEntry; rest: readonly string[] };
  command: AnyCommand;
}

const MAX_OPTION_MISTAKES = 2;
/** What `moodsync` takes without a command. */
const TOP_OPTIONS = ["--help", "--version"];

/** What to throw for arguments that name no command. */
export function unknownCommand(commands: readonly CommandEntry[], args: readonly string[]): MoodsyncError {
  if (args[0]?.startsWith("-")) {
    const { sentence, hint } = unknownOption(args[0], TOP_OPTIONS);
    return new MoodsyncError("usage", sentence, { hint: hint ?? "`moodsync --help` lists the commands." });
  }
  const names = suggestCommands(commands, args).map((name) => `moodsync ${name}`);
  const group = commandsBelow(commands, args.slice(0, 1)).length > 0 ? `${args[0]} ` : "";
  return new MoodsyncError("usage", "There is no such command.", {
    hint: didYouMean(names) ?? `\`moodsync ${group}--help\` lists the commands.`,
  });
}

/** What commander refuses, in our words. Its own can repeat what was typed, which may be a note. */
export function usageError(error: CommanderError, { commands, found, command }: Typed): MoodsyncError {
  const { words } = found.entry;
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const explained = `\`moodsync ${words} --help\` shows how it is used.`;
  const refusal = (sentence: string, hint = explained) =>
    new MoodsyncError("usage", sentence, { hint, cause: error });
  switch (error.code) {
    case "commander.unknownOption": {
      const { sentence, hint } = unknownOption(
        named,
        command.options.flatMap(({ long }) => long ?? []),
      );
      return refusal(sentence, hint);
    }
    case "commander.excessArguments": {
      const isGroup = commandsBelow(commands, words.split(" ")).length > 0;
      if (isGroup) return unknownCommand(commands, [...words.split(" "), ...found.rest]);
      const most = command.registeredArguments.length;
      if (most === 0) return refusal(`\`moodsync ${words}\` takes no arguments.`);
      return refusal(
        `Too many arguments: \`moodsync ${words}\` takes ${most === 1 ? "one" : `at most ${most}`}.`,
        `A text with blanks needs quotes. ${explained}`,
      );
    }
    case "commander.missingArgument": {
      const example = EXAMPLES[words]?.[0];
      return refusal(
        `Missing required argument '${named}'.`,
        example && `For example: \`moodsync ${example.typed}\``,
      );
    }
    case "commander.optionMissingArgument":
      return refusal(`A value is missing after ${named.replace(/ <.*/, "")}.`);
    default:
      return refusal("The command was not understood.");
  }
}

/** Without its value, and not at all where it may be a text that begins with a dash. */
function unknownOption(
  typed: string,
  known: readonly string[],
): { sentence: string; hint: string | undefined } {
  const option = /^--[a-z][a-z-]{0,30}(?==|$)|^-[a-z]/i.exec(typed)?.[0];
  if (option === undefined) return { sentence: "There is no such option.", hint: undefined };
  return { sentence: `Unknown option '${option}'.`, hint: didYouMean(similarOptions(option, known)) };
}

function similarOptions(typed: string, known: readonly string[]): string[] {
  if (!typed.startsWith("--")) return [];
  const rated = known
    .map((long) => ({ long, distance: long.startsWith(typed) ? 1 : editDistance(typed, long) }))
    .filter(({ distance }) => distance <= MAX_OPTION_MISTAKES);
  const least = Math.min(...rated.map(({ distance }) => distance));
  return rated.filter(({ distance }) => distance === least).map(({ long }) => long);
}
