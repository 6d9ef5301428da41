import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { localMoment } from "../../cli/local-moment.ts";
import { printJson } from "../../cli/output-options.ts";
import { formatUtc } from "../../domain/time/timestamp.ts";
import { type BackupReason, listBackups } from "../../local/storage/backup.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { sizeWords } from "../../output/number-words.ts";
import { formatTable } from "../../output/table.ts";

const WHY: Record<BackupReason, string> = {
  "before-schema": "before an upgrade",
  "before-resync": "before a full exchange with the server",
  "before-repair": "before a repair",
  "before-founding": "before the account was sealed anew",
  "before-import": "before an import",
  "before-restore": "before a backup was restored",
  "before-wipe": "before a wipe",
};

export default function backupList(context: Context): AnyCommand {
  return new Command()
    .description("List the copies that moodsync made by itself before it changed much at once, newest first.")
    .option("--json", "print JSON")
    .action((options) => {
      const backups = listBackups(databaseFile(context.home));
      if (options.json) {
        const shown = backups.map(({ file, reason, madeAtMs, bytes }) => ({
          ...{ file, reason, made_at: formatUtc(madeAtMs), bytes },
        }));
        return printJson(context, shown);
      }
      if (backups.length === 0) {
        context.stdout.write(
          "None yet: moodsync makes one before it changes much at once. `moodsync backup FILE` makes one now.\n",
        );
        return;
      }
      const rows = backups.map(({ file, reason, madeAtMs, bytes }) => [
        localMoment(context, formatUtc(madeAtMs)),
        WHY[reason],
        sizeWords(bytes),
        file,
      ]);
      context.stdout.write(formatTable(rows));
    });
}
