import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { formatTable } from "../../output/table.ts";
import { SETTING_NAMES, settingOf } from "../../settings/definitions.ts";
import { meaningOf, readStored, settingProblems } from "../../settings/settings-file.ts";

export default function listSettings(context: Context): AnyCommand {
  return new Command()
    .description("List every setting with its value and what it means.")
    .option("--json", "print JSON")
    .action((options) => {
      const stored = readStored(context.home.configDir);
      const values = meaningOf(stored);
      const settings = SETTING_NAMES.map((name) => {
        const setting = settingOf(name);
        const value: unknown = values[name];
        return { name, value, default: setting.default, description: setting.description };
      });
      if (options.json) return printJson(context, settings);
      const rows = settings.map(({ name, value, description }) => {
        const text = settingOf(name).toText(value);
        return [name, text === "" ? "(none)" : text, description];
      });
      context.stdout.write(formatTable(rows, { width: context.stdout.columns }));
      for (const problem of settingProblems(stored)) context.stderr.write(`${problem}\n`);
    });
}
