import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { answer } from "../../cli/output-options.ts";
import { requireSettingName } from "../../cli/preferences.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { settingOf } from "../../settings/definitions.ts";
import { parseSetting } from "../../settings/parse-setting.ts";
import { writeSetting } from "../../settings/settings-file.ts";

export default function setSetting(context: Context): AnyCommand {
  return new Command()
    .description("Change one setting.")
    .argument("<name>", "as `moodsync config list` names it")
    .argument("[value]", "its new value")
    .option("--default", "go back to the default")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action((typed, text, options) => {
      const name = requireSettingName(typed);
      if ((text === undefined) === !options.default) {
        throw new MoodsyncError("usage", "Give either a value or --default.");
      }
      const setting = settingOf(name);
      const value = text === undefined ? setting.default : parseSetting(name, text);
      writeSetting(context.home.configDir, name, text === undefined ? undefined : (value as never));
      answer(context, options, { line: setting.sentence(value), json: { name, value } });
    });
}
