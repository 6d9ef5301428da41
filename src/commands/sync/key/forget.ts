import { type AnyCommand, Command } from "../../../cli/command.ts";
import { confirm } from "../../../cli/confirm.ts";
import type { Context } from "../../../cli/context.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { requireSealingKey } from "../../../cli/sealing-key.ts";
import { MoodsyncError } from "../../../domain/moodsync-error.ts";
import { readSyncConfig } from "../../../local/sync-state/sync-config.ts";

export default function syncKeyForget(context: Context): AnyCommand {
  return new Command()
    .description("Remove the sealing key from this device. All data stays; sync asks for the key again.")
    .option("--yes", "do not ask, even if the key was never shown")
    .action(async (options) => {
      const device = await openDevice(context);
      await requireSealingKey(device);
      const wasShown = (readSyncConfig(device.db)?.keyShownAtMs ?? null) !== null;
      if (!wasShown && !options.yes) await confirmUnseen(context);
      await device.sealingKeys.forget();
      context.changed("`moodsync sync key enter` takes it again.");
      context.stdout.write("The sealing key is forgotten here. All data stays.\n");
    });
}

/** Who never saw the key may be about to lose it. */
async function confirmUnseen(context: Context): Promise<void> {
  const isAsked = context.stdin.isTTY && context.stderr.isTTY;
  const question =
    "This key was never shown. Without it and without a device nobody can read the account. Forget it?";
  if (isAsked && (await confirm(context, question))) return;
  throw new MoodsyncError("invalid_input", "The sealing key was never shown, so it was not forgotten.", {
    hint: "`moodsync sync key show` prints it; `--yes` forgets it unseen.",
  });
}
