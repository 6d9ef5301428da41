import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { answer } from "../../cli/output-options.ts";
import { stopInBackground } from "../../daemon/background.ts";

export default function daemonStop(context: Context): AnyCommand {
  return new Command()
    .description("Stop the daemon, and any sync that it is running. What that sync has stored stays.")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (options) => {
      const wasRunning = await stopInBackground(context.home.stateDir);
      const line = wasRunning ? "The daemon has stopped." : "No daemon is running.";
      answer(context, options, { line, json: { running: false, was_running: wasRunning } });
    });
}
