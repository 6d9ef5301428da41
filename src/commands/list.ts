import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { DEFAULT_LIMIT, printList } from "../cli/list/print-list.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { collect } from "../cli/typed-activities.ts";

export default function list(context: Context): AnyCommand {
  const command = new Command()
    .description("List entries, newest first.")
    .argument("[what]", "moods, assessments, activities, schedules or all; moods when not said")
    .argument("[period...]", "today, yesterday, week, lastweek, month, 2026-03, 2026, 30d, FROM..TO …")
    .option("--on <period>", "of this day or period")
    .option("--since <when>", "not before this day or time, or the beginning of this period")
    .option("--until <when>", "not after this day or time, or the end of this period")
    .option("--mood <range>", "moods of these values: 1-2, 4 or 1,5")
    .option("--type <name>", "assessments of this type: phq9")
    .option(
      "--activity <label>",
      "moods with this activity; with all of them where given more than once",
      collect,
    )
    .option("--not-activity <label>", "moods without this activity; can be given more than once", collect)
    .option("--search <text>", "entries with all of these words in note, labels or name")
    .option("-n, --limit <n>", `how many at most; 0 for all (${DEFAULT_LIMIT} for people)`)
    .option("--reverse", "oldest first")
    .option("--deleted", "include deleted ones")
    .option("--notes", "show the notes")
    .option("--jsonl", "print JSON, one entry a line")
    .option("--csv", "print comma-separated values, for a spreadsheet")
    .option("--no-pager", "print without a pager");
  return withOutputOptions(command).action((what, period, options) => {
    const typed = [what ?? [], period].flat();
    return printList(context, typed, options);
  });
}
