import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function unarchiveActivity(context: Context): AnyCommand {
  const command = new Command()
    .description("Offer an archived activity again.")
    .argument("<activity>", "its label or id");
  return withOutputOptions(command).action((typed, options) =>
    runEdit(context, options, {
      command: "activity unarchive",
      find: (db) => findActivity(db, typed),
      editOf: () => ({ archived: false }),
    }),
  );
}
