import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { deleteRows } from "../../cli/delete-rows.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function deleteActivity(context: Context): AnyCommand {
  const command = new Command()
    .description("Delete an activity. The moods that name it keep it, marked as deleted.")
    .argument("<activity>", "its label or id")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action((typed, options) =>
    deleteRows(context, options, { command: "activity delete", find: (db) => [findActivity(db, typed)] }),
  );
}
