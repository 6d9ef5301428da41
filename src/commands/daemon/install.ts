import { Command } from "commander";
import { stopInBackground } from "../../daemon/background.ts";
import { installService } from "../../daemon/service/install-service.ts";
import type { Context } from "../context.ts";
import { servicePlanFor, typed } from "./service-request.ts";

export default function daemonInstall(context: Context): Command {
  return new Command()
    .description("Let the system start the daemon when you log in: a systemd user unit, or a launchd agent.")
    .option(
      "--timer",
      "instead of the daemon, a timer that runs `moodsync sync` at the interval; no reminders",
    )
    .option("--print", "show the files and write nothing")
    .action(async (options: { timer?: boolean; print?: boolean }) => {
      const plan = servicePlanFor(context, options.timer ? "timer" : "daemon");
      if (options.print) {
        const shown = plan.files.map(({ path, text }) => `# ${path}\n${text}`);
        return void context.stdout.write(
          plan.files.length === 1 ? plan.files[0]!.text : `${shown.join("\n")}`,
        );
      }
      if (!options.timer && (await stopInBackground(context.home.stateDir))) {
        context.stderr.write("The daemon that ran in the background has ended; the service takes over.\n");
      }
      const failed = installService(plan, context.env);
      for (const { path } of plan.files) context.stdout.write(`Wrote ${path}\n`);
      if (failed.length > 0) {
        context.stderr.write(
          `It could not be started from here. Run where you are logged in:\n${typed(failed)}`,
        );
        context.exitWith(1);
      } else context.stdout.write("It runs now, and from now on whenever you log in.\n");
      if (plan.hint) context.stderr.write(`${plan.hint}\n`);
      if (context.env.MOODSYNC_API_KEY) {
        context.stderr.write(
          "It will not see MOODSYNC_API_KEY, which is set here only; `moodsync sync enable` can keep the key.\n",
        );
      }
    });
}
