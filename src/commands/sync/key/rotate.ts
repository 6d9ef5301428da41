import { askKeysToRevoke, nameApiKeys } from "../../../cli/api-keys-in-use.ts";
import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { foundAndPrint } from "../../../cli/found-account.ts";
import { openDevice } from "../../../cli/open-device.ts";
import { printJson } from "../../../cli/output-options.ts";
import { revokedKeys } from "../../../cli/revoked-keys.ts";
import { handOverSealingKey } from "../../../cli/sealing-key.ts";
import { MoodsyncError } from "../../../domain/moodsync-error.ts";
import type { ApiKeyInfo } from "../../../domain/protocol/api-key-info.ts";
import { KEY_WAS_CHANGED } from "../../../output/sealing-words.ts";
import { textLines } from "../../../output/terminal-text.ts";
import { newSealingKey } from "../../../sealing/sealing-key.ts";
import { keysMadeWith, listApiKeys, revokeApiKey } from "../../../sync/account/account.ts";
import type { Device } from "../../../sync/device.ts";
import { requireSyncConfig } from "../../../sync/open-session.ts";
import { requireMaySeal, requireNoKeyInEnvironment } from "../../../sync/sealed/seal-account.ts";
import { getSyncStatus } from "../../../sync/sync-status.ts";

export default function syncKeyRotate(context: Context): AnyCommand {
  return new Command()
    .description("Seal the account anew with another sealing key, as after a device was lost.")
    .option("--leave-unread", "leave behind what this device has not read, or cannot open")
    .option("--sealing-key-out <file>", "write the new sealing key to a file that is not there yet")
    .option("-y, --yes", "do not ask which API keys to revoke: none is")
    .option("--json", "print JSON")
    .action(async (options) => {
      const device = await openDevice(context);
      requireSealed(requireSyncConfig(device.db).sealedGeneration);
      requireNoKeyInEnvironment(device);
      await requireMaySeal(device);
      const inUse = (await listApiKeys(device)).filter(({ revoked_at }) => revoked_at === null);
      const toRevoke = options.json ? [] : await keysToRevoke(context, inUse, options);
      const key = newSealingKey();
      await handOverSealingKey(context, device, { key, out: options.sealingKeyOut });
      // Before the account is sealed anew: a lost device is to read nothing of what is new.
      for (const apiKey of toRevoke) await revoke(context, device, { inUse, apiKey });
      const leavesUnread = options.leaveUnread ?? false;
      await foundAndPrint(context, device, { key, leavesUnread, isQuiet: options.json ?? false });
      if (options.json) {
        const { sealed, pending } = getSyncStatus(device);
        printJson(context, {
          generation: sealed?.generation,
          key_id: sealed?.key_id,
          pending,
          api_keys: inUse,
        });
      }
      context.stderr.write(`${KEY_WAS_CHANGED}\n`);
    });
}

async function keysToRevoke(
  context: Context,
  inUse: readonly ApiKeyInfo[],
  { yes }: { yes?: true | undefined },
): Promise<ApiKeyInfo[]> {
  if (context.stdin.isTTY && context.stderr.isTTY && !yes) return askKeysToRevoke(context, inUse);
  nameApiKeys(context, inUse);
  context.stderr.write("`moodsync account keys revoke` ends that of a lost device.\n");
  return [];
}

async function revoke(
  context: Context,
  device: Device,
  { inUse, apiKey }: { inUse: readonly ApiKeyInfo[]; apiKey: ApiKeyInfo },
): Promise<void> {
  await revokeApiKey(device, apiKey);
  context.changed("`moodsync account keys` shows which API keys are left.");
  context.stderr.write(textLines([revokedKeys(keysMadeWith(inUse, apiKey))]));
}

function requireSealed(generation: number | null): void {
  if (generation !== null) return;
  throw new MoodsyncError("invalid_input", "This account is not sealed, so it has no key to change.", {
    hint: "`moodsync sync seal` seals it.",
  });
}
