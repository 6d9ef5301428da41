import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { askSealingKey, givenSealingKey } from "../../../cli/sealing-key.ts";
import { keyPlaceWords } from "../../../credentials/key-place-words.ts";
import { MoodsyncError } from "../../../domain/moodsync-error.ts";
import { textLines } from "../../../output/terminal-text.ts";
import { requireSyncConfig } from "../../../sync/open-session.ts";
import { enterSealingKey } from "../../../sync/sealed/enter-key.ts";

export default function syncKeyEnter(context: Context): AnyCommand {
  return new Command()
    .description(
      "Give this device the sealing key of its account; another device shows it with `sync key show`.",
    )
    .option("--sealing-key-stdin", "read the sealing key from standard input")
    .option("--sealing-key-file <file>", "read the sealing key from a file that only you can read")
    .action(async (options) => {
      const device = await openDevice(context);
      requireSyncConfig(device.db);
      const key = (await givenSealingKey(context, options)) ?? (await askSealingKey(context));
      if (!key) {
        throw new MoodsyncError("usage", "The sealing key is missing.", {
          hint: "Give it by --sealing-key-file or --sealing-key-stdin; never as an argument.",
        });
      }
      const sentence = await enterSealingKey(device, key);
      context.changed("`moodsync sync status` shows where things stand.");
      if (sentence) context.stderr.write(textLines([sentence]));
      context.stdout.write(`The sealing key is stored ${keyPlaceWords(device.sealingKeys.place())}.\n`);
      context.stderr.write("`moodsync sync` exchanges changes now.\n");
    });
}
