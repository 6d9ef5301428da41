import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { readEdit } from "../../cli/edit-options.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function editSchedule(context: Context): AnyCommand {
  const command = new Command()
    .description('Change a schedule; --next-due "" removes its due date.')
    .argument("<schedule>", "its assessment or id")
    .option("--type <type>", "which assessment")
    .option("--frequency <how often>", "daily, weekly, biweekly or monthly")
    .option("--next-due <when>", "when it is due next; later dates are counted from it")
    .option("--enabled <yes|no>", "whether it reminds");
  return withOutputOptions(command).action(async (typed, options) => {
    const editOf = await readEdit(context, options);
    await runEdit(context, options, {
      command: "schedule edit",
      editOf,
      find: (db) => findSchedule(db, typed),
    });
  });
}
