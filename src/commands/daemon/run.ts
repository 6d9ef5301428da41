import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { daemonEnvironment } from "../../cli/daemon-environment.ts";
import { runDaemon } from "../../daemon/run-daemon.ts";

export default function daemonRun(context: Context): AnyCommand {
  return new Command()
    .description(
      "Sync at intervals and after changes, and remind, until SIGTERM; for systemd and containers.",
    )
    .action(() => runDaemon(daemonEnvironment(context), context));
}
