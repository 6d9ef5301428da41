import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { printJson } from "../../../cli/output-options.ts";

export default function addKey(context: Context): AnyCommand {
  const command = new Command()
    .description("Make another API key for an account and print it. It is shown only once.")
    .argument("<account>", "the account's id")
    .option("--label <label>", "a name for the key in lists");
  return withAdminOptions(command).action(async (userId, options) => {
    const { addKey } = await import("../../../../server/accounts/accounts.ts");
    const { id, apiKey } = await onDatabase(context, options, (db) =>
      addKey(db, { userId, label: options.label ?? null }),
    );
    context.changed("The key cannot be shown again: revoke it and make another one.");
    if (options.json) printJson(context, { id, user_id: userId, api_key: apiKey });
    else context.stdout.write(`Key id   ${id}\nAPI key  ${apiKey}\n`);
  });
}
