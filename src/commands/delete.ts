import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { withOutputOptions } from "../cli/output-options.ts";
import { runDelete } from "../cli/run-delete.ts";
import { findEntry } from "../entries/find-entry.ts";

export default function deleteEntries(context: Context): AnyCommand {
  const command = new Command()
    .description("Delete entries. `moodsync restore` brings them back.")
    .argument("<id...>", "their ids, the first 4 or more characters of them, or @last")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action((references, options) =>
    runDelete(context, options, {
      command: "delete",
      find: (db) => references.map((reference) => findEntry(db, reference)),
    }),
  );
}
