import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { editRow } from "../../cli/edit-row.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function unarchiveActivity(context: Context): AnyCommand {
  const command = new Command()
    .description("Offer an archived activity again.")
    .argument("<activity>", "its label or id");
  return withOutputOptions(command).action((typed, options) =>
    editRow(context, options, {
      command: "activity unarchive",
      find: (db) => findActivity(db, typed),
      editOf: () => ({ archived: false }),
    }),
  );
}
