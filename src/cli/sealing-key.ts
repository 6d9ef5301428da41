import { readKeyFile } from "../credentials/key-file.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { transaction } from "../local/storage/database.ts";
import { readSyncConfig, updateSyncConfig } from "../local/sync-state/sync-config.ts";
import { ASK_BACK, KEEP_THE_KEY, NOT_ASKED_BACK, WHO_HAS_THE_KEY } from "../output/sealing-words.ts";
import {
  formatSealingKey,
  isEndOfSealingKey,
  readSealingKey,
  type SealingKey,
} from "../sealing/sealing-key.ts";
import type { Device } from "../sync/device.ts";
import { writeOwnFile } from "../transfer/write-file.ts";
import { askLine } from "./confirm.ts";
import type { Context } from "./context.ts";
import { promptHidden } from "./prompt.ts";
import { sayLines } from "./say-lines.ts";
import { readStandardInput } from "./terminal-gone.ts";

export interface SealingKeyOptions {
  sealingKeyStdin?: boolean | undefined;
  sealingKeyFile?: string | undefined;
}

/** The sealing key that was given by an option; null where none was. */
export async function givenSealingKey(
  context: Context,
  { sealingKeyStdin, sealingKeyFile }: SealingKeyOptions,
): Promise<SealingKey | null> {
  if (sealingKeyStdin && sealingKeyFile) {
    throw new MoodsyncError(
      "usage",
      "Give the sealing key by --sealing-key-stdin or by --sealing-key-file, not by both.",
    );
  }
  if (sealingKeyStdin) return readSealingKey(await readStandardInput(context));
  if (!sealingKeyFile) return null;
  const text = readKeyFile(sealingKeyFile, "sealing key file");
  if (text === null) throw new MoodsyncError("invalid_input", "There is no key file at that place.");
  return readSealingKey(text);
}

/** Asks for the key where somebody is there to answer; null where nobody is. */
export async function askSealingKey(context: Context): Promise<SealingKey | null> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) return null;
  return readSealingKey(await promptHidden(context, "Sealing key of this account: "));
}

/** Makes sure that a person has a new key before anything is sealed with it: it is written to the file `out`, never over
 *  another; or on a terminal it is shown, and its end asked back. */
export async function handOverSealingKey(
  context: Context,
  device: Pick<Device, "db">,
  { key, out }: { key: SealingKey; out: string | undefined },
): Promise<void> {
  if (out !== undefined) {
    const pieces = [`${formatSealingKey(key)}\n`];
    await writeOwnFile(out, pieces, { force: "never", home: context.home });
  } else if (context.stdin.isTTY && context.stderr.isTTY) await showAndConfirm(context, key);
  else {
    throw new MoodsyncError("usage", "The new sealing key has to be kept somewhere.", {
      hint: "Give a file for it with --sealing-key-out, or run this on a terminal.",
    });
  }
  noteShown(device, context);
}

async function showAndConfirm(context: Context, key: SealingKey): Promise<void> {
  sayLines(context, [KEEP_THE_KEY, "", `  ${formatSealingKey(key)}`, "", WHO_HAS_THE_KEY]);
  for (;;) {
    const typed = await askLine(context, `${ASK_BACK}: `);
    if (!typed?.trim()) {
      throw new MoodsyncError("invalid_input", "The key was not confirmed; nothing was changed.");
    }
    if (isEndOfSealingKey(typed, key)) return;
    sayLines(context, [NOT_ASKED_BACK]);
  }
}

/** Remembers that a person has seen the key. */
export function noteShown({ db }: Pick<Device, "db">, { nowMs }: Pick<Context, "nowMs">): void {
  if (readSyncConfig(db)) transaction(db, () => updateSyncConfig(db, { keyShownAtMs: nowMs() }));
}

/** The sheet to be printed or put away. */
export function sealingKeySheet(
  { db }: Pick<Device, "db">,
  { key, nowMs }: { key: SealingKey; nowMs: number },
): string[] {
  const { accountId, endpointUrl, sealedGeneration } = readSyncConfig(db)!;
  return [
    "The sealing key of a moodsync account",
    `Account  ${accountId}`,
    `Server   ${endpointUrl}`,
    `Made on  ${formatUtc(nowMs).slice(0, 10)}, for generation ${sealedGeneration}`,
    `Key      ${formatSealingKey(key)}`,
    "Whoever has this and a copy of the server's data can read everything. Without it, and without a device, nobody can.",
  ];
}

/** The key in use. Throws `sealed_account` or `not_found` where there is none. */
export async function requireSealingKey({ sealingKeys }: Pick<Device, "sealingKeys">): Promise<SealingKey> {
  const [key] = await sealingKeys.readAll();
  if (key) return key;
  throw new MoodsyncError("not_found", "There is no sealing key on this device.", {
    hint: "`moodsync sync key enter` takes that of a sealed account.",
  });
}
