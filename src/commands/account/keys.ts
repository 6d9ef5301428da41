import { apiKeyCells } from "../../cli/api-keys-in-use.ts";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import { formatTable } from "../../output/table.ts";
import { listApiKeys } from "../../sync/account/account.ts";

export default function accountKeys(context: Context): AnyCommand {
  return new Command()
    .description("List the API keys of the account, oldest first: what is known of them, never the keys.")
    .option("--json", "print JSON")
    .action(async (options) => {
      const keys = await listApiKeys(await openDevice(context));
      if (options.json) return printJson(context, keys);
      const rows = keys.map((key) => [
        key.id,
        ...apiKeyCells(context, key),
        key.is_current ? "this device's" : "",
      ]);
      context.stdout.write(formatTable(rows));
    });
}
