import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { deleteRows } from "../../cli/delete-rows.ts";
import type { OutputOptions } from "../../cli/output-options.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function deleteActivity(context: Context): Command {
  const command = new Command()
    .description("Delete an activity. The moods that name it keep it, marked as deleted.")
    .argument("<activity>", "its label or id")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action((typed: string, options: OutputOptions & { yes?: boolean }) =>
    deleteRows(context, options, { command: "activity delete", find: (db) => [findActivity(db, typed)] }),
  );
}
