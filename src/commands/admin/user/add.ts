import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { printJson } from "../../../cli/output-options.ts";
import { readStandardInput } from "../../../cli/terminal-gone.ts";

export default function addUser(context: Context): AnyCommand {
  const command = new Command()
    .description("Add an account and print its first API key. It is shown only once.")
    .option("--key-stdin", "take over an existing key and its account; the key is read from standard input")
    .option("--no-sealing", "keep the account readable for this server: it cannot be sealed");
  return withAdminOptions(command).action(async (options) => {
    const takenKey = options.keyStdin ? await readStandardInput(context) : undefined;
    const { addUser } = await import("../../../../server/accounts/accounts.ts");
    const { userId, apiKey } = await onDatabase(context, options, (db) =>
      addUser(db, { maySeal: options.sealing, ...(takenKey === undefined ? {} : { takenKey }) }),
    );
    context.changed(
      "`moodsync admin user list` shows the account; `moodsync admin key add` makes another key.",
    );
    if (options.json) printJson(context, { user_id: userId, api_key: apiKey });
    else context.stdout.write(`Account  ${userId}\nAPI key  ${apiKey}\n`);
  });
}
