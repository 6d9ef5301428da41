import type { Option } from "commander";
import type { AnyCommand } from "../command.ts";
import { type CommandEntry, commandsBelow, findCommand } from "../command-entry.ts";
import type { Context } from "../context.ts";
import { FILES, type Suggestion, type ValueSource, valuesOf } from "./values.ts";

/** What was typed: the whole words, and the beginning of the one that the cursor is on. */
interface Typed {
  words: readonly string[];
  current: string;
}

/** What could come next on a command line: commands, options, or what an option or argument can be. `FILES` stands for
 *  the names of files, which the shell knows best. Loads the one command that is typed. */
export async function suggest(
  commands: readonly CommandEntry[],
  { words, current }: Typed,
  context: Context,
): Promise<readonly Suggestion[] | typeof FILES> {
  const nextWords = wordsBelow(commands, words);
  const found = findCommand(commands, words);
  if (!found) return fitting(nextWords, current);
  const command = (await found.entry.load()).default(context);
  const source = { command: found.entry.words, context, commands };
  const values = await valuesAt(command, { words: found.rest, current }, source);
  if (values === FILES) return current.startsWith("-") ? [] : FILES;
  return fitting([...nextWords, ...values], current);
}

function fitting(suggestions: readonly Suggestion[], current: string): Suggestion[] {
  const wanted = current.toLowerCase();
  const byValue = new Map(suggestions.map((suggestion) => [suggestion.value, suggestion]));
  return [...byValue.values()].filter(({ value }) => value.toLowerCase().startsWith(wanted));
}

/** The next words of the commands that begin with these, each with what it is for. */
function wordsBelow(commands: readonly CommandEntry[], words: readonly string[]): Suggestion[] {
  return commandsBelow(commands, words).map((entry) => {
    const next = entry.words.split(" ").slice(0, words.length + 1);
    const whole = commands.find((other) => other.words === next.join(" "));
    const below = commandsBelow(commands, next).map((other) => other.words.split(" ")[next.length]!);
    return { value: next.at(-1)!, description: whole?.summary ?? [...new Set(below)].join(", ") };
  });
}

/** What can stand at the place after the words that follow a command. */
async function valuesAt(
  command: AnyCommand,
  { words, current }: Typed,
  source: Omit<ValueSource, "current" | "before">,
): Promise<readonly Suggestion[] | typeof FILES> {
  const options = command.options.filter(({ hidden }) => !hidden) as unknown as Option[];
  const before: string[] = [];
  let open: Option | undefined;
  for (const word of words) {
    if (open) open = undefined;
    else if (word.startsWith("-") && word !== "-") {
      const option = options.find(({ long, short }) => word === long || word === short);
      open = option?.required || option?.optional ? option : undefined;
    } else before.push(word);
  }
  const from = { ...source, current, before };
  if (open) return valuesOf(open.long ?? open.flags, from);
  if (current.startsWith("-")) return optionSuggestions(options, words);
  const declared = command.registeredArguments;
  const argument = declared[before.length] ?? (declared.at(-1)?.variadic ? declared.at(-1) : undefined);
  return argument ? valuesOf(argument.name(), from) : [];
}

/** The options that were not given yet, or can be given again. */
function optionSuggestions(options: readonly Option[], words: readonly string[]): Suggestion[] {
  const isGiven = ({ long, short }: Option) => words.some((word) => word === long || word === short);
  const own = options
    .filter((option) => option.parseArg || !isGiven(option))
    .map(({ long, flags, description }) => ({ value: long ?? flags, description }));
  return [
    ...own,
    { value: "--plain", description: "everything in words, for a screen reader" },
    { value: "--no-color", description: "no colour" },
    { value: "--help", description: "explain this command" },
  ];
}
