import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { noteShown, requireSealingKey, sealingKeySheet } from "../../../cli/sealing-key.ts";
import { requireSyncConfig } from "../../../sync/open-session.ts";
import { writeOwnFile } from "../../../transfer/write-file.ts";

export default function syncKeyExport(context: Context): AnyCommand {
  return new Command()
    .description("Write the sealing key and what it is for into a file that only you can read.")
    .argument("<file>", "a file that is not there yet")
    .action(async (file) => {
      const device = await openDevice(context);
      requireSyncConfig(device.db);
      const key = await requireSealingKey(device);
      const lines = sealingKeySheet(device, { key, nowMs: context.nowMs() });
      await writeOwnFile(file, [`${lines.join("\n")}\n`], { force: "never", home: context.home });
      noteShown(device, context);
      context.changed("The file is there.");
      context.stdout.write("The sheet is written. Print it or put it away, then delete the file.\n");
    });
}
