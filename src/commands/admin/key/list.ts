import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { localMoment } from "../../../cli/local-moment.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { printJson } from "../../../cli/output-options.ts";
import { formatTable } from "../../../output/table.ts";

export default function listKeys(context: Context): AnyCommand {
  const command = new Command()
    .description("List the API keys of an account, oldest first. The keys themselves are stored nowhere.")
    .argument("<account>", "the account's id");
  return withAdminOptions(command).action(async (userId, options) => {
    const { listKeys } = await import("../../../../server/accounts/accounts.ts");
    const keys = await onDatabase(context, options, (db) => listKeys(db, userId));
    if (options.json) printJson(context, keys);
    else if (keys.length === 0) context.stdout.write("The account has no keys.\n");
    else {
      const moment = (timestamp: string) => localMoment(context, timestamp);
      const rows = keys.map((key) => [
        key.id,
        `made ${moment(key.created_at)}`,
        key.revoked_at ? `revoked ${moment(key.revoked_at)}` : "valid",
        key.last_used_at ? `used ${moment(key.last_used_at)}` : "never used",
        key.label ?? "",
      ]);
      context.stdout.write(formatTable(rows));
    }
  });
}
