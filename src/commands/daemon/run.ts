import { Command } from "commander";
import { runDaemon } from "../../daemon/run-daemon.ts";
import type { Context } from "../context.ts";
import { daemonWorld } from "./daemon-world.ts";

export default function daemonRun(context: Context): Command {
  return new Command()
    .description(
      "Sync at intervals and after changes, and remind, until SIGTERM; for systemd and containers.",
    )
    .action(() => runDaemon(daemonWorld(context), context));
}
