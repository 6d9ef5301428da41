import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { answer } from "../../../cli/output-options.ts";
import { listDevices, renameDevice } from "../../../sync/account/account.ts";
import { checkDeviceLabel } from "../../../sync/account/device-label.ts";
import { findInAccount } from "../../../sync/account/find-in-account.ts";

export default function renameAccountDevice(context: Context): AnyCommand {
  return new Command()
    .description("Rename a device of the account.")
    .argument("<device>", "its id, 4 or more characters of it, or its name")
    .argument("<name>", "the new name")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (typed, name, options) => {
      const label = checkDeviceLabel(name);
      const device = await openDevice(context);
      const { id } = findInAccount(await listDevices(device), typed, "device");
      await renameDevice(device, { id, label });
      answer(context, options, { line: `The device is now called "${label}".`, json: { id, label } });
    });
}
