import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { endAs, isInPlainWords, openScreenDevice, printKeptNote, terminalOf } from "../cli/screen.ts";
import type { Ending } from "../tui/terminal/run-app.tsx";

export default function tui(context: Context): AnyCommand {
  return new Command()
    .description(
      "Log moods, look back and change settings in full screen. Everything there can be done by commands, too.",
    )
    .action(async () => {
      if (isInPlainWords(context)) {
        const { runPlainScreen } = await import("../cli/plain-screen/run-plain-screen.ts");
        return await runPlainScreen(context);
      }
      const terminal = terminalOf(
        context,
        "`moodsync log mood`, `moodsync list`, `moodsync edit` and `moodsync config` do the same.",
      );
      const { runDashboard } = await import("../tui/dashboard.tsx");
      const device = await openScreenDevice(context);
      let ending: Ending | undefined;
      try {
        ending = await runDashboard(device, terminal);
      } finally {
        if (ending !== "quit") printKeptNote(context, device);
      }
      await device.hooksEnded();
      endAs(context, ending);
    });
}
