import type { UserRow } from "../../../../server/db/users.ts";
import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { localMoment } from "../../../cli/local-moment.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { printJson } from "../../../cli/output-options.ts";
import { formatTable } from "../../../output/table.ts";

export default function listUsers(context: Context): AnyCommand {
  const command = new Command().description(
    "List the accounts of the server, oldest first, with what each takes of its quotas.",
  );
  return withAdminOptions(command).action(async (options) => {
    const { listUsers } = await import("../../../../server/db/users.ts");
    const users = await onDatabase(context, options, listUsers);
    if (options.json) printJson(context, users);
    else if (users.length === 0) context.stdout.write("There are no accounts yet.\n");
    else
      context.stdout.write(
        formatTable(
          users.map(({ user_id, created_at, bytes, keys, devices, ...kind }) => [
            user_id,
            `made ${localMoment(context, created_at)}`,
            `${megabytes(bytes.used)}${of(bytes.quota && megabytes(bytes.quota))} MB`,
            `${keys.used}${of(keys.quota)} keys`,
            `${devices.used}${of(devices.quota)} devices`,
            kindOf(kind),
          ]),
        ),
      );
  });
}

function kindOf({
  sealed,
  generation,
  may_seal,
}: Pick<UserRow, "sealed" | "generation" | "may_seal">): string {
  if (sealed) return `sealed, generation ${generation}`;
  return may_seal ? "plain" : "plain, cannot be sealed";
}

/** Rounded up, so that what is there is never 0. */
function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

function of(quota: number | null): string {
  return quota === null ? "" : ` of ${quota}`;
}
