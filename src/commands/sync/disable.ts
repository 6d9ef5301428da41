import { Command } from "commander";
import { disableSync } from "../../sync/commands.ts";
import type { Context } from "../context.ts";
import { openDevice } from "../open-device.ts";
import { answer, type OutputOptions } from "../output-options.ts";

export default function syncDisable(context: Context): Command {
  return new Command()
    .description("Stop syncing and forget the key. All data stays on this device and on the server.")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print nothing that was not asked for")
    .action(async (options: OutputOptions) => {
      await disableSync(await openDevice(context));
      const line = "Sync is off and the key is forgotten. All data stays on this device.";
      answer(context, options, { line, json: { enabled: false } });
      if (context.env.MOODSYNC_API_KEY)
        context.stderr.write("MOODSYNC_API_KEY is still set in the environment.\n");
    });
}
