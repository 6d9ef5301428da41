import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { daemonEnvironment } from "../../cli/daemon-environment.ts";
import { answer } from "../../cli/output-options.ts";
import { startInBackground } from "../../daemon/background.ts";

export default function daemonStart(context: Context): AnyCommand {
  return new Command()
    .description(
      "Start the daemon in the background. It ends when the machine stops; `daemon install` starts it after that, too.",
    )
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (options) => {
      const { pid, wasRunning } = await startInBackground(daemonEnvironment(context));
      const line = wasRunning
        ? `The daemon is already running (process ${pid}).`
        : `The daemon is running (process ${pid}).`;
      answer(context, options, { line, json: { running: true, pid, was_running: wasRunning } });
    });
}
