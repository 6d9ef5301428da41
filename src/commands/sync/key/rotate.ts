import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { foundAndPrint } from "../../../cli/found-account.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { handOverSealingKey } from "../../../cli/sealing-key.ts";
import { MoodsyncError } from "../../../domain/moodsync-error.ts";
import { KEY_WAS_CHANGED } from "../../../output/sealing-words.ts";
import { textLines } from "../../../output/terminal-text.ts";
import { newSealingKey } from "../../../sealing/sealing-key.ts";
import { listApiKeys } from "../../../sync/account/account.ts";
import { requireSyncConfig } from "../../../sync/open-session.ts";
import { requireMaySeal, requireNoKeyInEnvironment } from "../../../sync/sealed/seal-account.ts";

export default function syncKeyRotate(context: Context): AnyCommand {
  return new Command()
    .description("Seal the account anew with another sealing key, as after a device was lost.")
    .option("--leave-unread", "leave behind what this device has not read, or cannot open")
    .option("--sealing-key-out <file>", "write the new sealing key to a file that is not there yet")
    .action(async (options) => {
      const device = await openDevice(context);
      requireSealed(requireSyncConfig(device.db).sealedGeneration);
      requireNoKeyInEnvironment(device);
      const leavesUnread = options.leaveUnread ?? false;
      if (!leavesUnread) {
        await requireMaySeal(device);
        const inUse = (await listApiKeys(device)).filter(({ revoked_at }) => revoked_at === null);
        context.stderr.write(
          textLines([
            `${inUse.length === 1 ? "1 API key lets" : `${inUse.length} API keys let`} devices in; \`moodsync account keys revoke\` ends that of a lost one.`,
          ]),
        );
      }
      const key = newSealingKey();
      await handOverSealingKey(context, device, { key, out: options.sealingKeyOut });
      await foundAndPrint(context, device, { key, leavesUnread });
      context.stderr.write(`${KEY_WAS_CHANGED}\n`);
    });
}

function requireSealed(generation: number | null): void {
  if (generation !== null) return;
  throw new MoodsyncError("invalid_input", "This account is not sealed, so it has no key to change.", {
    hint: "`moodsync sync seal` seals it.",
  });
}
