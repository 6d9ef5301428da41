import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { settingsFile } from "../../settings/settings-file.ts";

export default function settingsPath(context: Context): AnyCommand {
  return new Command()
    .description("Print where the settings file is. It need not exist.")
    .option("--json", "print JSON")
    .action((options) => {
      const path = settingsFile(context.home.configDir);
      if (options.json) printJson(context, { path });
      else context.stdout.write(`${path}\n`);
    });
}
