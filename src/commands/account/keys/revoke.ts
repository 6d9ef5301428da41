import { type AnyCommand, Command } from "../../../cli/command.ts";
import { confirm } from "../../../cli/confirm.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { answer, printNotice } from "../../../cli/output-options.ts";
import { revokedKeys } from "../../../cli/revoked-keys.ts";
import { EXIT_CODE } from "../../../domain/exit-code.ts";
import { keysMadeWith, listApiKeys, revokeApiKey } from "../../../sync/account/account.ts";
import { findInAccount } from "../../../sync/account/find-in-account.ts";

export default function revokeAccountKey(context: Context): AnyCommand {
  return new Command()
    .description(
      "Revoke an API key for good, with all keys that were made with it. Devices keep their data and need another.",
    )
    .argument("<key>", "its id, 4 or more characters of it, or its name")
    .option("-y, --yes", "do not ask")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (typed, options) => {
      const device = await openDevice(context);
      const valid = (await listApiKeys(device)).filter(({ revoked_at }) => revoked_at === null);
      const key = findInAccount(valid, typed, "key");
      const { id } = key;
      const others = keysMadeWith(valid, key);
      const users = key.is_current ? "This device uses that key and" : "Devices that use that key";
      const question = `${users} will not sync without another one.${othersFall(others.length)} Revoke it?`;
      if (!options.yes && !(await confirm(context, question))) {
        printNotice(context, options, "Nothing was revoked.");
        return context.exitWith(EXIT_CODE.failure);
      }
      await revokeApiKey(device, key);
      answer(context, options, {
        line: revokedKeys(others),
        json: { id, revoked: true, also_revoked: others.map((other) => other.id) },
      });
    });
}

function othersFall(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " One key was made with it and ends, too."
    : ` ${count} keys were made with it and end, too.`;
}
