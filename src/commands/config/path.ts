import { join } from "node:path";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { backupDirectory } from "../../local/storage/backup.ts";
import { databaseFile, locateHome } from "../../local/storage/home.ts";
import { formatTable } from "../../output/table.ts";
import { settingsFile } from "../../settings/settings-file.ts";

export default function settingsPath(context: Context): AnyCommand {
  return new Command()
    .description("Print where the settings file is. It need not exist.")
    .option("--all", "everything that moodsync keeps, and where")
    .option("--json", "print JSON")
    .action((options) => {
      if (options.all) return printAll(context, options.json ?? false);
      const path = settingsFile(context.home.configDir);
      if (options.json) printJson(context, { path });
      else context.stdout.write(`${path}\n`);
    });
}

/** Also where the directories are refused: then one looks for them. */
function printAll(context: Context, asJson: boolean): void {
  const home = locateHome(context.env);
  const paths = {
    database: databaseFile(home),
    backups: backupDirectory(databaseFile(home)),
    settings: settingsFile(home.configDir),
    key: join(home.configDir, "api-key"),
    state: home.stateDir,
    cache: home.cacheDir,
  };
  if (asJson) printJson(context, paths);
  else context.stdout.write(formatTable(Object.entries(paths)));
}
