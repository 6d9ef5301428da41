import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { printJson, printNotice } from "../../../cli/output-options.ts";
import { addApiKey } from "../../../sync/account/account.ts";

export default function addAccountKey(context: Context): AnyCommand {
  return new Command()
    .description(
      "Make another API key for the account, for another device, and print it. It is shown only once.",
    )
    .option("--label <label>", "a name for it in the list")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print the key alone")
    .action(async (options) => {
      const key = await addApiKey(await openDevice(context), { label: options.label ?? null });
      context.changed("The key cannot be shown again: revoke it and make another one.");
      if (options.json) return printJson(context, { id: key.id, label: key.label, api_key: key.api_key });
      context.stdout.write(`${key.api_key}\n`);
      printNotice(
        context,
        options,
        "Give it to `moodsync sync enable` on the other device; it is not shown again.",
      );
    });
}
