import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import type { EditOptions } from "../../cli/edit-options.ts";
import { editRow } from "../../cli/edit-row.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { findSchedule } from "../../entries/find-entry.ts";

export default function disableSchedule(context: Context): Command {
  const command = new Command()
    .description("Keep a schedule without its coming round, until it is enabled again.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action(async (typed: string, options: EditOptions) => {
    const db = await context.database();
    await editRow(context, options, {
      name: "schedule disable",
      edit: { enabled: false },
      find: () => findSchedule(db, typed),
    });
  });
}
