import { Command } from "commander";
import type { Context } from "../../context.ts";
import { answer } from "../../output-options.ts";
import { type AdminOptions, onDatabase, withAdminOptions } from "../on-database.ts";

export default function revokeKey(context: Context): Command {
  const command = new Command()
    .description("Revoke an API key for good. Devices that use it keep their data and need another key.")
    .argument("<account>", "the account's id")
    .argument("<key>", "the key's id");
  return withAdminOptions(command).action(async (userId: string, id: string, options: AdminOptions) => {
    const { revokeKey } = await import("../../../../server/accounts.ts");
    await onDatabase(context, options, (db) => revokeKey(db, { userId, id }));
    answer(context, options, { line: "The key is revoked.", json: { id, user_id: userId, revoked: true } });
  });
}
