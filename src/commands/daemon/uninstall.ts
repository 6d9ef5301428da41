import { Command } from "commander";
import { uninstallService } from "../../daemon/service/install-service.ts";
import type { Context } from "../context.ts";
import { servicePlanFor, typed } from "./service-request.ts";

export default function daemonUninstall(context: Context): Command {
  return new Command()
    .description("Undo `daemon install`, of the daemon and of the timer.")
    .option("--print", "show what would be removed and remove nothing")
    .action((options: { print?: boolean }) => {
      const plans = [servicePlanFor(context, "daemon"), servicePlanFor(context, "timer")];
      if (options.print) {
        const paths = plans.flatMap(({ files }) => files.map(({ path }) => `${path}\n`));
        return void context.stdout.write(paths.join(""));
      }
      const results = plans.map((plan) => ({ plan, failed: uninstallService(plan, context.env) }));
      const removed = results.filter(({ failed }) => failed !== null);
      if (removed.length === 0) return void context.stdout.write("Nothing is installed.\n");
      for (const { plan, failed } of removed) {
        for (const { path } of plan.files) context.stdout.write(`Removed ${path}\n`);
        if (failed!.length > 0) {
          context.stderr.write(
            `It could not be ended from here. Run where you are logged in:\n${typed(failed!)}`,
          );
        }
      }
    });
}
