import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { endAs, isInPlainWords, openScreenDevice, terminalOf } from "../cli/screen.ts";

export default function settings(context: Context): AnyCommand {
  return new Command()
    .description(
      "Set up sync and change preferences in full screen. Everything there can be done by commands, too.",
    )
    .action(async () => {
      if (isInPlainWords(context)) {
        const { runPlainSettings } = await import("../cli/plain-screen/run-plain-screen.ts");
        return await runPlainSettings(context);
      }
      const terminal = terminalOf(
        context,
        "`moodsync config`, `moodsync sync enable`, `moodsync sync status` and `moodsync account` do the same.",
      );
      const { runSettings } = await import("../tui/settings/run-settings.tsx");
      endAs(context, await runSettings(await openScreenDevice(context), terminal));
    });
}
