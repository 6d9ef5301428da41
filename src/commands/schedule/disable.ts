import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { editRow } from "../../cli/edit-row.ts";
import { type OutputOptions, withOutputOptions } from "../../cli/output-options.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function disableSchedule(context: Context): Command {
  const command = new Command()
    .description("Keep a schedule without its coming round, until it is enabled again.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action((typed: string, options: OutputOptions) =>
    editRow(context, options, {
      command: "schedule disable",
      find: (db) => findSchedule(db, typed),
      editOf: () => ({ enabled: false }),
    }),
  );
}
