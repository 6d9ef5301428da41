import { EXIT_CODE } from "../domain/exit-code.ts";
import { textLines } from "../output/terminal-text.ts";
import type { SealingKey } from "../sealing/sealing-key.ts";
import type { Device } from "../sync/device.ts";
import { foundAccount } from "../sync/sealed/seal-account.ts";
import { describeExchange } from "../sync/sync-now.ts";
import type { Context } from "./context.ts";

/** Founds the account's data anew and says how that went; the sentence of the command itself comes after. A sync that fails
 *  after the founding goes on with the next one. */
export async function foundAndPrint(
  context: Context,
  device: Device,
  asked: { key: SealingKey | null; leavesUnread: boolean; beforeEnabled?: boolean; isQuiet?: boolean },
): Promise<void> {
  const { isQuiet = false, ...founding } = asked;
  const options = { acceptDeletions: false, onProgress: () => {} };
  context.changed("`moodsync sync` goes on with it.");
  const outcome = await foundAccount(device, { ...options, ...founding });
  context.stderr.write(textLines(outcome.notices));
  if (outcome.error) {
    const { code, message, hint } = outcome.error;
    context.stderr.write(textLines([message, ...(hint ? [hint] : [])]));
    context.exitWith(EXIT_CODE[code]);
    return;
  }
  if (!isQuiet) context.stdout.write(`${describeExchange(outcome)}\n`);
  if (asked.leavesUnread) context.stderr.write(textLines([STAYS]));
  if (outcome.status === "partial") context.exitWith(EXIT_CODE.partial);
}

const STAYS = "What the server held before stays there until `moodsync sync seal --finish` removes it.";
