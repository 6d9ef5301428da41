import { hostname } from "node:os";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { foundAndPrint } from "../../cli/found-account.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import { promptHidden } from "../../cli/prompt.ts";
import { askSealingKey, givenSealingKey, handOverSealingKey } from "../../cli/sealing-key.ts";
import { readStandardInput } from "../../cli/terminal-gone.ts";
import { readKeyFile } from "../../credentials/key-file.ts";
import { KEY_LEFT_BEHIND, keyPlaceWords } from "../../credentials/key-place-words.ts";
import { parseKeyPlace } from "../../credentials/secret-store.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import { textLines } from "../../output/terminal-text.ts";
import { newSealingKey, type SealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../../sync/device.ts";
import { enableSync } from "../../sync/enable-sync.ts";

interface Options {
  keyStdin?: boolean;
  keyFile?: string;
  keyPlace?: string;
  label?: string;
  allowInsecureHttp?: boolean;
  mergeIntoThisAccount?: boolean;
  json?: boolean;
  sealed?: boolean;
  plain?: boolean;
  sealingKeyOut?: string;
  sealingKeyStdin?: boolean;
  sealingKeyFile?: string;
}

export default function syncEnable(context: Context): AnyCommand {
  return new Command()
    .description(
      "Connect this device to a server. The key is read from a file, standard input or MOODSYNC_API_KEY.",
    )
    .argument("<url>", "the server, like https://mood.example.org")
    .option("--key-stdin", "read the API key from standard input")
    .option("--key-file <file>", "read the API key from a file that only you can read")
    .option("--key-place <place>", "keep the key in the system's keychain or in a file (keychain, file)")
    .option(
      "--label <label>",
      "this device's name in the account (default: the one it has, or the name of the machine)",
    )
    .option("--allow-insecure-http", "accept http:// to another machine, on a network that you trust")
    .option("--merge-into-this-account", "join this device's data with a different account")
    .option("--sealed", "seal the account, so that its server can read none of it")
    .option("--sealing-key-out <file>", "write the new sealing key to a file that is not there yet")
    .option("--sealing-key-stdin", "read the sealing key from standard input")
    .option("--sealing-key-file <file>", "read the sealing key from a file that only you can read")
    .option("--plain", "accept that the server of a sealed device's data can read it")
    .option("--json", "print the sync status as JSON")
    .action(async (url, options) => {
      if (options.keyStdin && options.sealingKeyStdin) {
        throw new MoodsyncError("usage", "Standard input holds one key: give the other one by a file.");
      }
      const keyPlace = parseKeyPlace(options.keyPlace ?? context.env.MOODSYNC_KEY_PLACE);
      const device = await openDevice(context);
      const given = await givenSealingKey(context, options);
      const { config, isSealed, isKeyLeftBehind } = await enableSync(device, {
        url,
        apiKey: await readKey(context, options),
        keyPlace,
        label: options.label ?? readSyncConfig(device.db)?.deviceLabel ?? (hostname() || "this device"),
        allowInsecureHttp: options.allowInsecureHttp ?? false,
        mergeIntoThisAccount: options.mergeIntoThisAccount ?? false,
        sealing: {
          key: given,
          willSeal: options.sealed ?? false,
          acceptsPlain: options.plain ?? false,
          ask: () => askSealingKey(context),
        },
      });
      context.changed("`moodsync sync status` shows where things stand.");
      if (isKeyLeftBehind) context.stderr.write(`${KEY_LEFT_BEHIND}\n`);
      if (options.json) {
        const { getSyncStatus } = await import("../../sync/sync-status.ts");
        printJson(context, getSyncStatus(device));
        return;
      }
      context.stdout.write(
        textLines([`Sync is on: ${config.endpointUrl}, this device is "${config.deviceLabel}".`]),
      );
      context.stdout.write(`The key is stored ${keyPlaceWords(device.keys.place())}.\n`);
      if (options.sealed && !isSealed) return sealNow(context, device, { given, out: options.sealingKeyOut });
      context.stdout.write(isSealed ? IS_SEALED : IS_PLAIN);
      context.stderr.write("`moodsync sync` exchanges changes now.\n");
    });
}

const IS_SEALED = "The account is sealed: its server keeps everything and can read none of it.\n";
const IS_PLAIN = "The account is plain: whoever runs the server can read it.\n";

/** Seals the account that this device was just connected with: with the key that was given, or with a new one. */
async function sealNow(
  context: Context,
  device: Device,
  { given, out }: { given: SealingKey | null; out: string | undefined },
): Promise<void> {
  const [inEnvironment] =
    device.sealingKeys.place() === "environment" ? await device.sealingKeys.readAll() : [];
  const known = given ?? inEnvironment;
  const key = known ?? newSealingKey();
  if (!known) await handOverSealingKey(context, device, { key, out });
  await foundAndPrint(context, device, { key, leavesUnread: false });
  context.stdout.write(IS_SEALED);
}

/** Null: the key stays in the environment. */
async function readKey(context: Context, { keyStdin, keyFile }: Options): Promise<string | null> {
  if (keyStdin && keyFile)
    throw new MoodsyncError("usage", "Give the key by --key-stdin or by --key-file, not by both.");
  if (keyStdin) return readStandardInput(context);
  if (keyFile) {
    const key = readKeyFile(keyFile);
    if (key === null) throw new MoodsyncError("invalid_input", "There is no key file at that place.");
    return key;
  }
  if (context.env.MOODSYNC_API_KEY) return null;
  if (context.stdin.isTTY && context.stderr.isTTY) return promptHidden(context, "API key: ");
  throw new MoodsyncError("usage", "The API key is missing.", {
    hint: "Give it by --key-file, by --key-stdin, or in MOODSYNC_API_KEY; never as an argument.",
  });
}
