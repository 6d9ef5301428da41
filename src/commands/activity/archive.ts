import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function archiveActivity(context: Context): AnyCommand {
  const command = new Command()
    .description("Stop offering an activity. Its moods keep it, and its label can still be typed.")
    .argument("<activity>", "its label or id");
  return withOutputOptions(command).action((typed, options) =>
    runEdit(context, options, {
      command: "activity archive",
      find: (db) => findActivity(db, typed),
      editOf: () => ({ archived: true }),
    }),
  );
}
