import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { TOPICS } from "../cli/help/topics/topics.ts";

export default function help(context: Context): AnyCommand {
  return new Command()
    .description("Explain a command or a topic.")
    .argument(
      "[words...]",
      `a command, a group of commands, or a topic: ${TOPICS.map(({ name }) => name).join(", ")}`,
    )
    .option("--all", "list all commands and topics")
    .action(async (words, { all }) => {
      const [{ COMMANDS }, pages] = await Promise.all([
        import("./registry.ts"),
        import("../cli/help/show-help.ts"),
      ]);
      if (all) pages.showAllCommands(context, COMMANDS);
      else if (words.length === 1 && words[0] === "man") await pages.showManual(context, COMMANDS);
      else await pages.showHelp(context, COMMANDS, words);
    });
}
