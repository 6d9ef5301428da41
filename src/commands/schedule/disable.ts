import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function disableSchedule(context: Context): AnyCommand {
  const command = new Command()
    .description("Stop reminding of a schedule, until it is enabled again. The schedule itself is kept.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action((typed, options) =>
    runEdit(context, options, {
      command: "schedule disable",
      find: (db) => findSchedule(db, typed),
      editOf: () => ({ enabled: false }),
    }),
  );
}
