import { Command } from "commander";
import { formatTable } from "../../../output/table.ts";
import type { Context } from "../../context.ts";
import { localMoment } from "../../local-moment.ts";
import { printJson } from "../../output-options.ts";
import { type AdminOptions, onDatabase, withAdminOptions } from "../on-database.ts";

export default function listUsers(context: Context): Command {
  const command = new Command().description("List the accounts of the server, oldest first.");
  return withAdminOptions(command).action(async (options: AdminOptions) => {
    const { listUsers } = await import("../../../../server/db/users.ts");
    const users = await onDatabase(context, options, listUsers);
    if (options.json) printJson(context, users);
    else if (users.length === 0) context.stdout.write("There are no accounts yet.\n");
    else
      context.stdout.write(
        formatTable(users.map((user) => [user.user_id, `made ${localMoment(context, user.created_at)}`])),
      );
  });
}
