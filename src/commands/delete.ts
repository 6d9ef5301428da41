import { Command } from "commander";
import { findRow } from "../local/find.ts";
import type { Context } from "./context.ts";
import { deleteRows } from "./delete-rows.ts";
import type { OutputOptions } from "./output-options.ts";
import { withOutputOptions } from "./output-options.ts";

export default function deleteEntries(context: Context): Command {
  const command = new Command()
    .description("Delete entries. `moodsync restore` brings them back.")
    .argument("<id...>", "their ids, the first 4 or more characters of them, or @last")
    .option("-y, --yes", "do not ask");
  return withOutputOptions(command).action(
    async (references: string[], options: OutputOptions & { yes?: boolean }) => {
      const db = await context.database();
      await deleteRows(context, options, {
        name: "delete",
        find: () => references.map((reference) => findRow(db, reference)),
      });
    },
  );
}
