import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function enableSchedule(context: Context): AnyCommand {
  const command = new Command()
    .description("Remind of a schedule again. If its date has passed in the meantime, it is due at once.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action((typed, options) =>
    runEdit(context, options, {
      command: "schedule enable",
      find: (db) => findSchedule(db, typed),
      editOf: () => ({ enabled: true }),
    }),
  );
}
