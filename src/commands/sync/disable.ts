import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openDevice } from "../../cli/open-device.ts";
import { answer } from "../../cli/output-options.ts";
import { keyLeftWords, SYNC_IS_OFF } from "../../credentials/key-place-words.ts";
import { disableSync } from "../../sync/enable-sync.ts";

export default function syncDisable(context: Context): AnyCommand {
  return new Command()
    .description("Stop syncing and forget the key. All data stays on this device and on the server.")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (options) => {
      const device = await openDevice(context);
      await disableSync(device);
      answer(context, options, { line: SYNC_IS_OFF, json: { enabled: false } });
      const left = keyLeftWords(device.keys.place());
      if (left) context.stderr.write(`${left}\n`);
      if (device.sealingKeys.place() !== null) {
        context.stderr.write(
          "The sealing key stays on this device; `moodsync sync key forget` removes it.\n",
        );
      }
    });
}
