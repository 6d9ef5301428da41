import { hostname } from "node:os";
import { type AnyCommand, Command } from "../../cli/command.ts";
import { confirm } from "../../cli/confirm.ts";
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
import { newSealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../../sync/device.ts";
import { type AskedSealing, enableSync } from "../../sync/enable-sync.ts";

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
  startOver?: boolean;
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
    .option("--start-over", "begin a sealed account anew whose key is lost, with what this device has")
    .option("--plain", "accept that the server of a sealed device's data can read it")
    .option("--json", "print the sync status as JSON")
    .action(async (url, options) => {
      if (options.sealingKeyOut && !options.sealed && !options.startOver) {
        throw new MoodsyncError("usage", "--sealing-key-out belongs to --sealed or --start-over.");
      }
      if (options.keyStdin && options.sealingKeyStdin) {
        throw new MoodsyncError("usage", "Standard input holds one key: give the other one by a file.");
      }
      const keyPlace = parseKeyPlace(options.keyPlace ?? context.env.MOODSYNC_KEY_PLACE);
      const device = await openDevice(context);
      const sealing = await askedSealing(context, device, options);
      const { config, isSealed, toSealWith, isKeyLeftBehind } = await enableSync(device, {
        url,
        apiKey: await readKey(context, options),
        keyPlace,
        label: options.label ?? readSyncConfig(device.db)?.deviceLabel ?? (hostname() || "this device"),
        allowInsecureHttp: options.allowInsecureHttp ?? false,
        mergeIntoThisAccount: options.mergeIntoThisAccount ?? false,
        sealing,
      });
      context.changed("`moodsync sync status` shows where things stand.");
      if (isKeyLeftBehind) context.stderr.write(`${KEY_LEFT_BEHIND}\n`);
      if (toSealWith) {
        const asked = { ...toSealWith, beforeEnabled: true, isQuiet: options.json ?? false };
        await foundAndPrint(context, device, asked).catch((error) => {
          context.stderr.write(`${STAYS_OFF}\n`);
          throw error;
        });
      }
      if (options.json) {
        const { getSyncStatus } = await import("../../sync/sync-status.ts");
        printJson(context, getSyncStatus(device));
        return;
      }
      context.stdout.write(
        textLines([
          `Sync is on: ${config.endpointUrl}, this device is "${config.deviceLabel}".`,
          `The key is stored ${keyPlaceWords(device.keys.place())}.`,
          isSealed || toSealWith ? IS_SEALED : IS_PLAIN,
        ]),
      );
      if (!toSealWith) context.stderr.write("`moodsync sync` exchanges changes now.\n");
    });
}

const IS_SEALED = "The account is sealed: its server keeps everything and can read none of it.";
const STAYS_OFF =
  "Sync stays off here, because the account may not be sealed yet; `--sealed --sealing-key-file` takes the same key again.";
const IS_PLAIN = "The account is plain: whoever runs the server can read it.";

async function askedSealing(context: Context, device: Device, options: Options): Promise<AskedSealing> {
  const { sealed: willSeal = false, startOver: startsOver = false, plain: acceptsPlain = false } = options;
  const key = await givenSealingKey(context, options);
  return {
    ...{ key, willSeal, startsOver, acceptsPlain },
    ask: async () => (startsOver ? null : askSealingKey(context)),
    newKey: async ({ isLost, holdsNothing }) => {
      const isAsked = context.stdin.isTTY && context.stderr.isTTY && !acceptsPlain && !options.json;
      if (isLost) await confirmStartingOver(context);
      else if (!willSeal && !(isAsked && (await holdsNothing()) && (await confirm(context, OFFER, "yes"))))
        return null;
      const inEnvironment = device.sealingKeys.place() === "environment";
      const known = key ?? (inEnvironment ? (await device.sealingKeys.readAll())[0] : null);
      if (known) return known;
      const made = newSealingKey();
      await handOverSealingKey(context, device, { key: made, out: options.sealingKeyOut });
      return made;
    },
  };
}

const OFFER = "Seal this account, so that its server cannot read it?";

async function confirmStartingOver(context: Context): Promise<void> {
  const isSure =
    (await confirm(
      context,
      "Without its sealing key nobody can read what the account holds. Leave all of it behind and begin anew?",
    )) &&
    (await confirm(
      context,
      "Other devices that still have the key lose what they have not synced with this one. Begin anew all the same?",
    ));
  if (!isSure) throw new MoodsyncError("interrupted", "Nothing was changed.");
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
