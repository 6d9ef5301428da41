import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { answer, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { encryptedBy, newPassphrase, withPassphraseOptions } from "../cli/passphrase.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { databaseFile } from "../local/storage/home.ts";
import { rememberBackup } from "../local/storage/last-backup.ts";
import { damagedRowsNotice } from "../output/damaged-rows.ts";
import { entityCounts } from "../output/kind-words.ts";
import { sizeWords } from "../output/number-words.ts";
import { writeBackupFile } from "../transfer/backup-file.ts";

export default function backup(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Write a copy of everything on this device to a file that only you can read, and check it. It has the history and what sync remembers, but no settings and no key.",
    )
    .argument("<file>", "the file; `restore-backup` takes it back")
    .option("--force", "replace the file if it exists");
  return withOutputOptions(withPassphraseOptions(command)).action(async (typed, options) => {
    const { home } = context;
    if (!existsSync(databaseFile(home))) {
      throw new MoodsyncError("failure", "There is nothing to back up yet.", {
        hint: "`moodsync log mood 4` begins.",
      });
    }
    const db = await context.database();
    const passphrase = await newPassphrase(context, options);
    const { bytes, counts, damaged } = await writeBackupFile(db, typed, {
      force: options.force ?? false,
      home,
      encrypt: passphrase === null ? null : (pieces) => encryptedBy(pieces, passphrase),
    });
    rememberBackup(home.stateDir, context.nowMs());
    const file = resolve(typed);
    answer(context, options, {
      line: `Backed up ${entityCounts(counts)} to ${file} (${sizeWords(bytes)}, checked)`,
      bold: file,
      json: { file, bytes, encrypted: passphrase !== null, counts, damaged },
    });
    if (damaged > 0) printNotice(context, options, damagedRowsNotice(damaged));
  });
}
