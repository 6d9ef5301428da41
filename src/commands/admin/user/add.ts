import { Command } from "commander";
import type { Context } from "../../context.ts";
import { printJson } from "../../output-options.ts";
import { readStandardInput } from "../../terminal-gone.ts";
import { type AdminOptions, onDatabase, withAdminOptions } from "../on-database.ts";

export default function addUser(context: Context): Command {
  const command = new Command()
    .description("Add an account and print its first API key, which is shown only this once.")
    .option("--key-stdin", "take over a key that exists, read from standard input, with its account");
  return withAdminOptions(command).action(async (options: AdminOptions & { keyStdin?: boolean }) => {
    const takenKey = options.keyStdin ? await readStandardInput(context) : undefined;
    const { addUser } = await import("../../../../server/accounts.ts");
    const { userId, apiKey } = await onDatabase(context, options, (db) =>
      addUser(db, takenKey === undefined ? {} : { takenKey }),
    );
    context.changed(
      "`moodsync admin user list` shows the account; `moodsync admin key add` makes another key.",
    );
    if (options.json) printJson(context, { user_id: userId, api_key: apiKey });
    else context.stdout.write(`Account  ${userId}\nAPI key  ${apiKey}\n`);
  });
}
