import { Command } from "commander";
import type { Context } from "../context.ts";
import type { EditOptions } from "../edit-options.ts";
import { editRow } from "../edit-row.ts";
import { findSchedule } from "../find-named.ts";
import { withOutputOptions } from "../output-options.ts";

export default function enableSchedule(context: Context): Command {
  const command = new Command()
    .description("Let a schedule come round again. A date that has passed meanwhile is due.")
    .argument("<schedule>", "its assessment or id");
  return withOutputOptions(command).action(async (typed: string, options: EditOptions) => {
    const db = await context.database();
    await editRow(context, options, {
      name: "schedule enable",
      edit: { enabled: true },
      find: () => findSchedule(db, typed),
    });
  });
}
