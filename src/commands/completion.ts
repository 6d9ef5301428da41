import { type AnyCommand, Command } from "../cli/command.ts";
import { COMPLETION_SCRIPTS, SHELLS } from "../cli/completion/scripts.ts";
import { suggest } from "../cli/completion/suggest.ts";
import { FILES, type Suggestion } from "../cli/completion/values.ts";
import type { Context } from "../cli/context.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { textLines } from "../output/terminal-text.ts";

export default function completion(context: Context): AnyCommand {
  return new Command()
    .description(
      "Print a script that lets a shell complete commands, options, activities and ids at Tab. It asks moodsync each time; notes are never shown.",
    )
    .argument("<shell>", "bash, zsh, fish or powershell")
    .argument(
      "[words...]",
      "after --, in PowerShell each behind a colon: what was typed so far, for the script",
    )
    .action(async (name, words) => {
      const shell = SHELLS.find((one) => one === name);
      if (!shell) {
        throw new MoodsyncError("usage", "There is no completion for that shell.", {
          hint: "The shells are bash, zsh, fish and powershell.",
        });
      }
      if (words.length === 0) return context.stdout.write(COMPLETION_SCRIPTS[shell]);
      const typed = shell === "powershell" ? words.map((word) => word.replace(/^:/, "")) : words;
      printSuggestions(context, await suggestionsFor(context, typed));
    });
}

/** Nothing is said about what goes wrong: somebody is in the middle of a line. */
async function suggestionsFor(context: Context, words: readonly string[]) {
  try {
    const { COMMANDS } = await import("./registry.ts");
    // A quotation that is open belongs to the shell.
    const current = words.at(-1)!.replace(/^["']/, "");
    return await suggest(COMMANDS, { words: words.slice(0, -1), current }, context);
  } catch {
    return [];
  }
}

/** A value and what it is in a line, with a tab between. */
function printSuggestions({ stdout }: Context, suggestions: readonly Suggestion[] | typeof FILES): void {
  if (suggestions === FILES) {
    stdout.write(":files\n");
    return;
  }
  for (const { value, description } of suggestions) {
    const [shownValue, shown] = [value, description].map((text) => textLines([text]).trimEnd());
    // What has to be written out could not be typed either.
    if (shownValue === value.trim())
      stdout.write(shown === "" ? `${shownValue}\n` : `${shownValue}\t${shown}\n`);
  }
}
