import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runDelete } from "../../cli/run-delete.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function deleteSchedule(context: Context): AnyCommand {
  const command = new Command()
    .description("Delete a schedule. The assessments that were logged stay.")
    .argument("<schedule>", "its assessment or id")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action((typed, options) =>
    runDelete(context, options, { command: "schedule delete", find: (db) => [findSchedule(db, typed)] }),
  );
}
