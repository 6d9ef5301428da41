import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import type { ListOptions } from "../../cli/list-entries.ts";
import { listEntries } from "../../cli/list-entries.ts";
import { withOutputOptions } from "../../cli/output-options.ts";

export default function listSchedules(context: Context): Command {
  const command = new Command()
    .description("List how often assessments are due.")
    .option("--search <text>", "those whose name contains this text")
    .option("--limit <n>", "at most so many; 0 for all")
    .option("--deleted", "deleted ones, too");
  return withOutputOptions(command).action((options: ListOptions) =>
    listEntries(context, "schedules", options),
  );
}
