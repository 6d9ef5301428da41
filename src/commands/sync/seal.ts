import { type AnyCommand, Command } from "../../cli/command.ts";
import { confirm } from "../../cli/confirm.ts";
import type { Context } from "../../cli/context.ts";
import { foundAndPrint } from "../../cli/found-account.ts";
import { openDevice } from "../../cli/open-device.ts";
import { handOverSealingKey } from "../../cli/sealing-key.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { BEHIND } from "../../output/sealing-words.ts";
import { newSealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../../sync/device.ts";
import { requireSyncConfig } from "../../sync/open-session.ts";
import { finishSealing, requireMaySeal } from "../../sync/sealed/seal-account.ts";

export default function syncSeal(context: Context): AnyCommand {
  return new Command()
    .description("Seal this account, so that its server keeps everything and can read none of it.")
    .option("--again", "seal it again with the same key, after the server went back to before that")
    .option("--finish", "remove what the server held before, where no device did")
    .option("--leave-unread", "leave behind what this device has not read, or cannot open")
    .option("--sealing-key-out <file>", "write the new sealing key to a file that is not there yet")
    .action(async (options) => {
      const device = await openDevice(context);
      const isSealed = requireSyncConfig(device.db).sealedGeneration !== null;
      if (options.finish) return finish(context, device);
      if (options.again) return sealAgain(context, device, isSealed);
      if (isSealed) {
        throw new MoodsyncError("invalid_input", "This account is sealed already.", {
          hint: "`moodsync sync key rotate` changes its key; `--again` is for a server that went back.",
        });
      }
      await requireMaySeal(device);
      const key = newSealingKey();
      await handOverSealingKey(context, device, { key, out: options.sealingKeyOut });
      await foundAndPrint(context, device, { key, leavesUnread: options.leaveUnread ?? false });
      context.stderr.write(`${BEHIND}\n`);
    });
}

async function sealAgain(context: Context, device: Device, isSealed: boolean): Promise<void> {
  const [key] = await device.sealingKeys.readAll();
  if (!isSealed || !key) {
    throw new MoodsyncError("invalid_input", "This device knows no sealing to repeat.", {
      hint: "`moodsync sync seal` seals an account for the first time.",
    });
  }
  await foundAndPrint(context, device, { key, leavesUnread: true });
}

async function finish(context: Context, device: Device): Promise<void> {
  if (!(await confirm(context, REMOVES))) throw new MoodsyncError("invalid_input", "Nothing was removed.");
  const done = await finishSealing(device);
  if (done === "waits") {
    throw new MoodsyncError(
      "failure",
      "The server does not hold the same as this device yet, so nothing was removed.",
      { hint: "`moodsync sync`, then try again." },
    );
  }
  context.changed("Nothing more is to be done.");
  context.stdout.write(
    done === "removed"
      ? "What the server held before is removed there.\n"
      : "The server holds nothing of before; there is nothing to remove.\n",
  );
}

const REMOVES =
  "What the server held before is removed for good, also what no device could read. Is everything of yours here?";
