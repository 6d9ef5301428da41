import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printList } from "../../cli/list/print-list.ts";
import { withOutputOptions } from "../../cli/output-options.ts";

export default function listActivities(context: Context): AnyCommand {
  const command = new Command()
    .description("List the activities that moods can name.")
    .option("--search <text>", "only those whose name contains this text")
    .option("--limit <n>", "how many at most; 0 for all")
    .option("--deleted", "include deleted ones");
  return withOutputOptions(command).action((options) => printList(context, ["activities"], options));
}
