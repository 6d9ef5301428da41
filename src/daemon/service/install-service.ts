import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { makePrivateDirectory } from "../../files/private-directory.ts";
import type { ServicePlan } from "./service-plan.ts";

/** Writes the files and lets the system take them on; what was installed before ends first, because launchd refuses a
 *  second one. Returns the commands that did not work here, for the user to run where they do. */
export function installService(plan: ServicePlan, env: NodeJS.ProcessEnv): string[][] {
  if (isInstalled(plan)) runAll(plan.disable, env);
  for (const { path, text } of plan.files) {
    try {
      makePrivateDirectory(dirname(path));
      writeFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      throw new MoodsyncError("failure", "The service's file cannot be written.", {
        hint: "`--print` shows it, to put it in place by hand.",
        cause: error,
      });
    }
  }
  return runAll(plan.enable, env);
}

/** Ends and removes what `installService` put there. Null where there was nothing. */
export function uninstallService(plan: ServicePlan, env: NodeJS.ProcessEnv): string[][] | null {
  if (!isInstalled(plan)) return null;
  const failed = runAll(plan.disable, env);
  for (const { path } of plan.files) rmSync(path, { force: true });
  return [...failed, ...runAll(plan.afterRemoval, env)];
}

function isInstalled(plan: ServicePlan): boolean {
  return plan.files.some(({ path }) => existsSync(path));
}

/** From the first that fails on, none is run. */
function runAll(commands: readonly string[][], env: NodeJS.ProcessEnv): string[][] {
  const firstFailed = commands.findIndex(
    ([program = "", ...args]) =>
      spawnSync(program, args, { env, stdio: "ignore", timeout: 30_000 }).status !== 0,
  );
  return firstFailed < 0 ? [] : commands.slice(firstFailed);
}
