import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { daemonWorld } from "../../cli/daemon-environment.ts";
import type { OutputOptions } from "../../cli/output-options.ts";
import { answer } from "../../cli/output-options.ts";
import { startInBackground, stopInBackground } from "../../daemon/background.ts";

export default function daemonRestart(context: Context): Command {
  return new Command()
    .description("End the daemon where it runs, and start it in the background.")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print nothing that was not asked for")
    .action(async (options: OutputOptions) => {
      const world = daemonWorld(context);
      const wasRunning = await stopInBackground(world.home.stateDir);
      const { pid } = await startInBackground(world);
      const json = { running: true, pid, was_running: wasRunning };
      answer(context, options, { line: `The daemon runs now (process ${pid}).`, json });
    });
}
