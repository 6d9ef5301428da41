import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { requireSettingName } from "../../cli/preferences.ts";
import { settingOf } from "../../settings/definitions.ts";
import { meaningOf, readStored } from "../../settings/settings-file.ts";

export default function getSetting(context: Context): AnyCommand {
  return new Command()
    .description("Print the value of one setting.")
    .argument("<name>", "as `moodsync config list` names it")
    .option("--json", "print JSON")
    .action((typed, options) => {
      const name = requireSettingName(typed);
      const value: unknown = meaningOf(readStored(context.home.configDir))[name];
      if (options.json) printJson(context, { name, value });
      else context.stdout.write(`${settingOf(name).toText(value)}\n`);
    });
}
