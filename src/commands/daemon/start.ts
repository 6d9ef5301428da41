import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { daemonEnvironment } from "../../cli/daemon-environment.ts";
import { answer } from "../../cli/output-options.ts";
import { startInBackground } from "../../daemon/background.ts";

export default function daemonStart(context: Context): AnyCommand {
  return new Command()
    .description(
      "Start the daemon in the background. It ends with the machine; `daemon install` brings it back.",
    )
    .option("--json", "print JSON")
    .option("-q, --quiet", "print nothing that was not asked for")
    .action(async (options) => {
      const { pid, wasRunning } = await startInBackground(daemonEnvironment(context));
      const line = wasRunning
        ? `The daemon runs already (process ${pid}).`
        : `The daemon runs now (process ${pid}).`;
      answer(context, options, { line, json: { running: true, pid, was_running: wasRunning } });
    });
}
