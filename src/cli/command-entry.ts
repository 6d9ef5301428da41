import type { AnyCommand } from "./command.ts";
import type { Context } from "./context.ts";

/** A command as it is found by its words; its file is loaded only when it runs. */
export interface CommandEntry {
  /** What is typed after `moodsync`: "log mood". The path of its file is the same. */
  words: string;
  summary: string;
  /** Other words for it: "ls". */
  aliases?: readonly string[];
  /** Whether a first argument means it without its words, or with the first of them alone: `moodsync 4`, `log 4`. */
  isMeantBy?(argument: string): boolean;
  load(): Promise<{ default: (context: Context) => AnyCommand }>;
}

/** The command that these arguments name and what is left for it; null when they name none.
 *  The longest match wins: `sync enable` before `sync`. */
export function findCommand(
  commands: readonly CommandEntry[],
  args: readonly string[],
): { entry: CommandEntry; rest: string[] } | null {
  for (let length = Math.min(args.length, 3); length > 0; length--) {
    const words = args.slice(0, length).join(" ");
    const entry = commands.find(
      (candidate) => candidate.words === words || candidate.aliases?.includes(words),
    );
    if (entry) return { entry, rest: args.slice(length) };
  }
  for (const entry of commands) {
    const rest = entry.words.startsWith(`${args[0]} `) ? args.slice(1) : args;
    if (rest[0] !== undefined && entry.isMeantBy?.(rest[0])) return { entry, rest: [...rest] };
  }
  return null;
}

/** The commands below these words: `sync enable` and the others for `sync`, all of them for no words. */
export function commandsBelow(commands: readonly CommandEntry[], words: readonly string[]): CommandEntry[] {
  const group = words.map((word) => `${word} `).join("");
  return commands.filter((entry) => entry.words.startsWith(group));
}
