import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { editRow } from "../../cli/edit-row.ts";
import { type OutputOptions, withOutputOptions } from "../../cli/output-options.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function enableSchedule(context: Context): Command {
  const command = new Command()
    .description("Let a schedule come round again. A date that has passed meanwhile is due.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action((typed: string, options: OutputOptions) =>
    editRow(context, options, {
      command: "schedule enable",
      find: (db) => findSchedule(db, typed),
      editOf: () => ({ enabled: true }),
    }),
  );
}
