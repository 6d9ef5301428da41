import { Command } from "commander";
import { settingsFile } from "../../settings/settings-file.ts";
import type { Context } from "../context.ts";
import { printJson } from "../output-options.ts";

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
