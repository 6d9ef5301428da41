import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { requireSettingName } from "../../cli/preferences.ts";
import { settingOf } from "../../settings/definitions.ts";
import { meaningOf, readStored } from "../../settings/settings-file.ts";

export default function getSetting(context: Context): Command {
  return new Command()
    .description("Print the value of one setting.")
    .argument("<name>", "as `moodsync config list` names it")
    .option("--json", "print JSON")
    .action((typed: string, options: { json?: boolean }) => {
      const name = requireSettingName(typed);
      const value: unknown = meaningOf(readStored(context.home.configDir))[name];
      if (options.json) printJson(context, { name, value });
      else context.stdout.write(`${settingOf(name).toText(value)}\n`);
    });
}
