import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { readEdit, withEditOptions } from "../cli/edit-options.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { runEdit } from "../cli/run-edit.ts";
import { findEntry } from "../entries/find-entry.ts";

export default function edit(context: Context): AnyCommand {
  const command = new Command()
    .description(
      'Change fields of one entry; "" removes what may be missing. Earlier versions stay in its history.',
    )
    .argument("<id>", "its id, the first 4 or more characters of it, or @last");
  return withOutputOptions(withEditOptions(command)).action(async (reference, options) => {
    const editOf = await readEdit(context, options);
    await runEdit(context, options, { command: "edit", editOf, find: (db) => findEntry(db, reference) });
  });
}
