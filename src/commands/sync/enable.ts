import { hostname } from "node:os";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import { promptHidden } from "../../cli/prompt.ts";
import { readStandardInput } from "../../cli/terminal-gone.ts";
import { parseKeyPlace } from "../../credentials/api-key-store.ts";
import { readKeyFile } from "../../credentials/key-file.ts";
import { KEY_LEFT_BEHIND, keyPlaceWords } from "../../credentials/key-place-words.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import { textLines } from "../../output/terminal-text.ts";
import { enableSync } from "../../sync/enable-sync.ts";

interface Options {
  keyStdin?: boolean;
  keyFile?: string;
  keyPlace?: string;
  label?: string;
  allowInsecureHttp?: boolean;
  mergeIntoThisAccount?: boolean;
  json?: boolean;
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
    .option("--json", "print the sync status as JSON")
    .action(async (url, options) => {
      const keyPlace = parseKeyPlace(options.keyPlace ?? context.env.MOODSYNC_KEY_PLACE);
      const device = await openDevice(context);
      const { config, isKeyLeftBehind } = await enableSync(device, {
        url,
        apiKey: await readKey(context, options),
        keyPlace,
        label: options.label ?? readSyncConfig(device.db)?.deviceLabel ?? (hostname() || "this device"),
        allowInsecureHttp: options.allowInsecureHttp ?? false,
        mergeIntoThisAccount: options.mergeIntoThisAccount ?? false,
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
      context.stderr.write("`moodsync sync` exchanges changes now.\n");
    });
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
