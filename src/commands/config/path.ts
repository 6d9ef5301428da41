import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { settingsFile } from "../../settings/settings-file.ts";

export default function settingsPath(context: Context): Command {
  return new Command()
    .description("Print where the settings file is. It need not exist.")
    .option("--json", "print JSON")
    .action((options: { json?: boolean }) => {
      const path = settingsFile(context.home.configDir);
      if (options.json) printJson(context, { path });
      else context.stdout.write(`${path}\n`);
    });
}
