import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { localHour } from "../../cli/local-moment.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import { formatTable } from "../../output/table.ts";
import { listDevices } from "../../sync/account/account.ts";
import { isBehind } from "../../sync/account/account-devices.ts";

export default function accountDevices(context: Context): AnyCommand {
  return new Command()
    .description("List the devices of the account, oldest first. Asks the server.")
    .option("--json", "print JSON")
    .action(async (options) => {
      const device = await openDevice(context);
      const devices = await listDevices(device);
      const { deviceId: own, sealedGeneration } = readSyncConfig(device.db)!;
      if (options.json) {
        const shown = devices.map((one) => ({ ...one, is_current: one.id === own }));
        return printJson(context, shown);
      }
      const rows = devices.map(({ id, label, last_seen_at, generation }) => [
        id,
        label ?? "no name",
        `seen ${localHour(context, last_seen_at)}`,
        id === own
          ? "this device"
          : isBehind({ generation }, sealedGeneration)
            ? "not synced since the account was sealed"
            : "",
      ]);
      context.stdout.write(rows.length === 0 ? "The account has no devices.\n" : formatTable(rows));
    });
}
