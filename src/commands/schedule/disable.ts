import { Command } from "commander";
import type { Context } from "../context.ts";
import type { EditOptions } from "../edit-options.ts";
import { editRow } from "../edit-row.ts";
import { findSchedule } from "../find-named.ts";
import { withOutputOptions } from "../output-options.ts";

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
