import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { daemonEnvironment } from "../../cli/daemon-environment.ts";
import { answer } from "../../cli/output-options.ts";
import { startInBackground, stopInBackground } from "../../daemon/background.ts";

export default function daemonRestart(context: Context): AnyCommand {
  return new Command()
    .description("Stop the daemon if it is running, and start it in the background.")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (options) => {
      const environment = daemonEnvironment(context);
      const wasRunning = await stopInBackground(environment.home.stateDir);
      const { pid } = await startInBackground(environment);
      const json = { running: true, pid, was_running: wasRunning };
      answer(context, options, { line: `The daemon is running (process ${pid}).`, json });
    });
}
