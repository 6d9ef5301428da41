import { Command } from "commander";
import { listApiKeys, revokeApiKey } from "../../../sync/account.ts";
import { confirm } from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { openDevice } from "../../open-device.ts";
import type { OutputOptions } from "../../output-options.ts";
import { answer, remark } from "../../output-options.ts";
import { findInAccount } from "../find-in-account.ts";

export default function revokeAccountKey(context: Context): Command {
  return new Command()
    .description("Revoke an API key for good. Devices that use it keep their data and need another key.")
    .argument("<key>", "its id, 4 or more characters of it, or its name")
    .option("-y, --yes", "do not ask")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print nothing that was not asked for")
    .action(async (typed: string, options: OutputOptions & { yes?: boolean }) => {
      const device = await openDevice(context);
      const valid = (await listApiKeys(device)).filter(({ revoked_at }) => revoked_at === null);
      const key = findInAccount(valid, typed, "key");
      const { id } = key;
      const question = key.is_current
        ? "This device uses that key and will not sync without another one. Revoke it?"
        : "Devices that use that key will not sync without another one. Revoke it?";
      if (!options.yes && !(await confirm(context, question))) {
        remark(context, options, "Nothing was revoked.");
        return context.exitWith(1);
      }
      await revokeApiKey(device, key);
      answer(context, options, { line: "The key is revoked.", json: { id, revoked: true } });
    });
}
