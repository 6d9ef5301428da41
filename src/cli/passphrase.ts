import type { Command, OptionValues } from "@commander-js/extra-typings";
import { readKeyFile } from "../credentials/key-file.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Pieces } from "../transfer/write-file.ts";
import type { Context } from "./context.ts";
import { promptHidden } from "./prompt.ts";

export interface PassphraseOptions {
  passphrase?: true;
  passphraseFile?: string;
}

/** What a person who has the file can try for years must not be guessed in a day. */
const MIN_CHARACTERS = 8;

export function withPassphraseOptions<Args extends unknown[], Given extends OptionValues>(
  command: Command<Args, Given>,
) {
  return command
    .option("--passphrase", "encrypt the file; the passphrase is asked for (the format is that of `age`)")
    .option("--passphrase-file <file>", "the same with a passphrase from a file that only you can read");
}

/** The passphrase for a new file, asked for twice; null where none is wanted. Throws `usage` where it is to be asked for and
 *  there is no terminal, `invalid_input` for a short one. */
export async function newPassphrase(context: Context, options: PassphraseOptions): Promise<string | null> {
  if (!options.passphrase && options.passphraseFile === undefined) return null;
  const passphrase = await readPassphrase(context, options);
  if ([...passphrase].length < MIN_CHARACTERS) {
    throw new MoodsyncError("invalid_input", `A passphrase has at least ${MIN_CHARACTERS} characters.`, {
      hint: "Four or five words that do not belong together are easy to keep and hard to guess.",
    });
  }
  if (options.passphraseFile === undefined && passphrase !== (await promptHidden(context, "Once more: "))) {
    throw new MoodsyncError("invalid_input", "The two passphrases differ; nothing was written.");
  }
  return passphrase;
}

/** The passphrase of a file that has one, from the file that is named or asked for. */
export async function readPassphrase(
  context: Context,
  { passphraseFile }: PassphraseOptions,
): Promise<string> {
  if (passphraseFile !== undefined) {
    const passphrase = readKeyFile(passphraseFile, "passphrase file");
    if (passphrase === null) {
      throw new MoodsyncError("invalid_input", "There is no passphrase file at that place.");
    }
    return passphrase;
  }
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new MoodsyncError("usage", "A passphrase is needed, and nobody can be asked for it here.", {
      hint: "Give it with --passphrase-file; never as an argument.",
    });
  }
  return promptHidden(context, "Passphrase: ");
}

/** The pieces as they are, or encrypted where there is a passphrase. */
export async function encryptedBy(pieces: Pieces, passphrase: string | null): Promise<Pieces> {
  if (passphrase === null) return pieces;
  const { encrypted } = await import("../transfer/age-file.ts");
  return encrypted(pieces, passphrase);
}
