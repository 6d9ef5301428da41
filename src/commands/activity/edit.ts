import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { readEdit } from "../../cli/edit-options.ts";
import { withOutputOptions } from "../../cli/output-options.ts";
import { runEdit } from "../../cli/run-edit.ts";
import { findActivity } from "../../entries/find-entry.ts";

export default function editActivity(context: Context): AnyCommand {
  const command = new Command()
    .description(
      'Change an activity; "" removes its colour or icon. The moods that name it show the new label.',
    )
    .argument("<activity>", "its label or id")
    .option("--label <label>", "its label")
    .option("--color <colour>", "its colour, like '#4caf50'")
    .option("--icon <icon>", "its icon, like an emoji");
  return withOutputOptions(command).action(async (typed, options) => {
    const editOf = await readEdit(context, options);
    await runEdit(context, options, {
      command: "activity edit",
      editOf,
      find: (db) => findActivity(db, typed),
    });
  });
}
