import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { noteShown, requireSealingKey } from "../../../cli/sealing-key.ts";
import { formatSealingKey } from "../../../sealing/sealing-key.ts";

export default function syncKeyShow(context: Context): AnyCommand {
  return new Command()
    .description("Print the sealing key of this account, for another device or to be written down.")
    .action(async () => {
      const device = await openDevice(context);
      const key = await requireSealingKey(device);
      noteShown(device, context);
      context.stdout.write(`${formatSealingKey(key)}\n`);
      if (context.stdout.isTTY) {
        context.stderr.write("Whoever has it and a copy of the server's data can read everything.\n");
      }
    });
}
