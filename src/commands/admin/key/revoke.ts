import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { answer } from "../../../cli/output-options.ts";
import { revokedKeys } from "../../../cli/revoked-keys.ts";

export default function revokeKey(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Revoke an API key for good, with all keys that were made with it. Devices keep their data and need another.",
    )
    .argument("<account>", "the account's id")
    .argument("<key>", "the key's id");
  return withAdminOptions(command).action(async (userId, id, options) => {
    const { revokeKey } = await import("../../../../server/accounts/accounts.ts");
    const { fell } = await onDatabase(context, options, (db) => revokeKey(db, { userId, id }));
    answer(context, options, {
      line: revokedKeys(fell),
      json: { id, user_id: userId, revoked: true, also_revoked: fell.map((key) => key.id) },
    });
  });
}
