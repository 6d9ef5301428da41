import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { daemonEnvironment } from "../../cli/daemon-environment.ts";
import { answer, type OutputOptions, printJson, printNotice } from "../../cli/output-options.ts";
import { servicePlanFor } from "../../cli/service-request.ts";
import { startInBackground, stopInBackground, waitForDaemon } from "../../daemon/background.ts";
import { checkServices, installService } from "../../daemon/service/install-service.ts";
import type { ServicePlan } from "../../daemon/service/service-plan.ts";

interface Options extends OutputOptions {
  timer?: boolean;
  print?: boolean;
}

export default function daemonInstall(context: Context): AnyCommand {
  return new Command()
    .description("Have the system start the daemon when you log in: a systemd user unit, or a launchd agent.")
    .option(
      "--timer",
      "instead of the daemon, a timer that runs `moodsync sync` at the interval; no reminders",
    )
    .option("--print", "show the files and write nothing")
    .option("--json", "print JSON")
    .option("-q, --quiet", "print only what was asked for")
    .action(async (options) => {
      const plan = servicePlanFor(context, options.timer ? "timer" : "daemon");
      if (options.print) return printFiles(context, options, plan);
      checkServices(plan, context.env);
      if (options.timer) await installService(plan, context.env, async () => true);
      else await replaceBackground(context, options, plan);
      const paths = plan.files.map(({ path }) => path);
      const line = `${paths.map((path) => `Wrote ${path}\n`).join("")}It is running now, and will start whenever you log in.`;
      answer(context, options, { line, json: { installed: paths } });
      if (plan.hint) printNotice(context, options, plan.hint);
      if (context.env.MOODSYNC_API_KEY) {
        context.stderr.write(
          "It will not see MOODSYNC_API_KEY, which is set only here; `moodsync sync enable` can store the key.\n",
        );
      }
    });
}

function printFiles(context: Context, { json }: Options, { files }: ServicePlan): void {
  const shown = files.map(({ path, text }) => `# ${path}\n${text}`);
  if (json) printJson(context, files);
  else context.stdout.write(files.length === 1 ? files[0]!.text : shown.join("\n"));
}

/** One daemon at a time can run, so one in the background ends first. It is started again where the service does not work. */
async function replaceBackground(context: Context, options: Options, plan: ServicePlan): Promise<void> {
  const { stateDir } = context.home;
  const wasRunning = await stopInBackground(stateDir);
  try {
    await installService(plan, context.env, () => waitForDaemon(stateDir));
  } catch (error) {
    if (wasRunning) await startInBackground(daemonEnvironment(context));
    throw error;
  }
  if (wasRunning) {
    printNotice(context, options, "The daemon in the background has been stopped; the service takes over.");
  }
}
