import { Command } from "commander";
import { disableSync } from "../../sync/commands.ts";
import type { Context } from "../context.ts";
import { openDevice } from "../open-device.ts";

export default function syncDisable(context: Context): Command {
  return new Command()
    .description("Stop syncing and forget the key. All data stays on this device and on the server.")
    .action(async () => {
      await disableSync(await openDevice(context));
      context.stdout.write("Sync is off and the key is forgotten. All data stays on this device.\n");
      if (context.env.MOODSYNC_API_KEY)
        context.stderr.write("MOODSYNC_API_KEY is still set in the environment.\n");
    });
}
