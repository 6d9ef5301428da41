import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { answer, printJson } from "../../cli/output-options.ts";
import { servicePlanFor } from "../../cli/service-request.ts";
import { checkServices, isInstalled, uninstallService } from "../../daemon/service/install-service.ts";

export default function daemonUninstall(context: Context): AnyCommand {
  return new Command()
    .description("Undo `daemon install`, whether of the daemon or of the timer.")
    .option("--print", "show what would be removed and remove nothing")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action((options) => {
      const plans = [servicePlanFor(context, "daemon"), servicePlanFor(context, "timer")];
      const pathsOf = (given: typeof plans) => given.flatMap(({ files }) => files.map(({ path }) => path));
      if (options.print) {
        const paths = pathsOf(plans);
        if (options.json) return printJson(context, { removed: [], would_remove: paths });
        return void context.stdout.write(paths.map((path) => `${path}\n`).join(""));
      }
      const installed = plans.filter(isInstalled);
      for (const plan of installed) checkServices(plan, context.env);
      for (const plan of installed) uninstallService(plan, context.env);
      const removed = pathsOf(installed);
      const line = removed.map((path) => `Removed ${path}`).join("\n") || "Nothing is installed.";
      answer(context, options, { line, json: { removed } });
    });
}
