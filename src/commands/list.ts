import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { DEFAULT_LIMIT, printList } from "../cli/print-list.ts";

export default function list(context: Context): AnyCommand {
  const command = new Command()
    .description("List entries, newest first.")
    .argument("[what]", "moods, assessments, activities, schedules or all; moods when not said")
    .argument("[period...]", "today, yesterday, week, lastweek, month, 2026-03, 2026, 30d, FROM..TO …")
    .option("--on <period>", "of this day or period")
    .option("--since <when>", "not before this day or time, or the beginning of this period")
    .option("--until <when>", "not after this day or time, or the end of this period")
    .option("--activity <label>", "moods with this activity")
    .option("--search <text>", "entries whose note, label or name contains this text")
    .option("--limit <n>", `how many of each kind at most; 0 for all (${DEFAULT_LIMIT} without --json)`)
    .option("--deleted", "include deleted ones")
    .option("--notes", "show the notes");
  return withOutputOptions(command).action((what, period, options) => {
    const typed = [what ?? [], period].flat();
    return printList(context, typed, options);
  });
}
