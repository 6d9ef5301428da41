import { type AnyCommand, Command } from "../../cli/command.ts";
import { askLine } from "../../cli/confirm.ts";
import type { Context } from "../../cli/context.ts";
import { foundAndPrint } from "../../cli/found-account.ts";
import { openDevice } from "../../cli/open-device.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { FOLLOWED_UNSEALING, UNSEALED, UNSEALING } from "../../output/sealing-words.ts";
import { requireSyncConfig } from "../../sync/open-session.ts";
import { followUnsealing } from "../../sync/sealed/seal-account.ts";

export default function syncUnseal(context: Context): AnyCommand {
  return new Command()
    .description("Make this account plain again: its server will read everything from now on.")
    .option("--yes", "do not ask")
    .action(async (options) => {
      const device = await openDevice(context);
      if (requireSyncConfig(device.db).sealedGeneration === null)
        throw new MoodsyncError("invalid_input", "This account is not sealed on this device.");
      if (!options.yes) await confirmUnsealing(context);
      if (await followUnsealing(device)) {
        context.changed("`moodsync sync` exchanges changes now.");
        context.stdout.write(`${FOLLOWED_UNSEALING}\n`);
        return;
      }
      await foundAndPrint(context, device, { key: null, leavesUnread: false });
      context.stderr.write(`${UNSEALED}\n`);
    });
}

async function confirmUnsealing(context: Context): Promise<void> {
  const refusal = new MoodsyncError("invalid_input", "The account stays sealed.", {
    hint: "`moodsync sync unseal --yes` makes it plain without asking.",
  });
  if (!context.stdin.isTTY || !context.stderr.isTTY) throw refusal;
  context.stderr.write(`${UNSEALING}
`);
  const typed = await askLine(context, "Type unseal to go on: ", "The account stays sealed.");
  if (typed?.trim() !== "unseal") throw refusal;
}
