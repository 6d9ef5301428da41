import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runDelete } from "../../cli/run-delete.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function deleteActivity(context: Context): AnyCommand {
  const command = new Command()
    .description("Delete an activity. The moods that name it keep it, marked as deleted.")
    .argument("<activity>", "its label or id")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action((typed, options) =>
    runDelete(context, options, { command: "activity delete", find: (db) => [findActivity(db, typed)] }),
  );
}
