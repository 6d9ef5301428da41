import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import type { ListOptions } from "../../cli/print-list.ts";
import { printList } from "../../cli/print-list.ts";

export default function listActivities(context: Context): Command {
  const command = new Command()
    .description("List the activities that moods can name.")
    .option("--search <text>", "those whose name contains this text")
    .option("--limit <n>", "at most so many; 0 for all")
    .option("--deleted", "deleted ones, too");
  return withOutputOptions(command).action((options: ListOptions) =>
    printList(context, "activities", options),
  );
}
