import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { localHour, localMoment } from "../../cli/local-moment.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import type { ApiKeyInfo } from "../../domain/protocol/api-key-info.ts";
import { formatTable } from "../../output/table.ts";
import { listApiKeys } from "../../sync/account/account.ts";

export default function accountKeys(context: Context): AnyCommand {
  return new Command()
    .description("List the API keys of the account, oldest first: what is known of them, never the keys.")
    .option("--json", "print JSON")
    .action(async (options) => {
      const keys = await listApiKeys(await openDevice(context));
      if (options.json) return printJson(context, keys);
      const state = ({ revoked_at, last_used_at }: ApiKeyInfo) => {
        if (revoked_at) return `revoked ${localMoment(context, revoked_at)}`;
        return last_used_at ? `used ${localHour(context, last_used_at)}` : "never used";
      };
      const rows = keys.map((key) => [
        key.id,
        key.label ?? "no name",
        state(key),
        key.is_current ? "this device's" : "",
      ]);
      context.stdout.write(formatTable(rows));
    });
}
