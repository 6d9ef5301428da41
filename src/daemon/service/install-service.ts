import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { withoutSecrets } from "../../domain/secret-variables.ts";
import { makePrivateDirectory } from "../../files/private-directory.ts";
import type { ServicePlan } from "./service-plan.ts";

type Environment = NodeJS.ProcessEnv;

/** Throws a `failure` where services of this user cannot be reached from here. Changes nothing. */
export function checkServices(plan: ServicePlan, env: Environment): void {
  if (works(plan.check.command, env)) return;
  throw new MoodsyncError(
    "failure",
    "This user's services cannot be reached from here; nothing was changed.",
    {
      hint: plan.check.hint,
    },
  );
}

/** Writes the files and lets the system take them on; what was installed before ends first, because launchd refuses a
 *  second one. `hasStarted` says whether that worked. Throws a `failure` after which everything is as it was. */
export async function installService(
  plan: ServicePlan,
  env: Environment,
  hasStarted: () => Promise<boolean>,
): Promise<void> {
  const before = plan.files.map(({ path }) => ({ path, text: readIfThere(path) }));
  disable(plan, env);
  try {
    writeFiles(plan.files);
    runAll(plan.enable, env);
    if (!(await hasStarted())) {
      throw new MoodsyncError("failure", "The service did not start a daemon; everything is as it was.", {
        hint: "`moodsync daemon logs` and the system's own log say why.",
      });
    }
  } catch (error) {
    restore(plan, before, env);
    throw error;
  }
}

/** Ends and removes what `installService` put there. False where there was nothing. Throws a `failure`, and leaves the
 *  files, where the system does not end it: without them nothing could. */
export function uninstallService(plan: ServicePlan, env: Environment): boolean {
  if (!isInstalled(plan)) return false;
  disable(plan, env);
  for (const { path } of plan.files) rmSync(path, { force: true });
  runAll(plan.afterRemoval, env);
  return true;
}

export function isInstalled(plan: ServicePlan): boolean {
  return plan.files.some(({ path }) => existsSync(path));
}

function disable(plan: ServicePlan, env: Environment): void {
  if (!isInstalled(plan) || (plan.isLoaded && !works(plan.isLoaded, env))) return;
  runAll(plan.disable, env);
}

function restore(plan: ServicePlan, before: { path: string; text: string | null }[], env: Environment): void {
  for (const command of plan.disable) works(command, env); // as far as it got
  for (const { path, text } of before) {
    if (text === null) rmSync(path, { force: true });
    else writeFileSync(path, text, { mode: 0o600 });
  }
  const again = isInstalled(plan) ? plan.enable : plan.afterRemoval;
  for (const command of again) works(command, env);
}

function writeFiles(files: ServicePlan["files"]): void {
  try {
    for (const { path, text } of files) {
      makePrivateDirectory(dirname(path));
      writeFileSync(path, text, { mode: 0o600 });
    }
  } catch (error) {
    throw new MoodsyncError("failure", "The service's file cannot be written; nothing was changed.", {
      hint: "`--print` shows it, to put it in place by hand.",
      cause: error,
    });
  }
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function runAll(commands: readonly string[][], env: Environment): void {
  const failed = commands.find((command) => !works(command, env));
  if (!failed) return;
  throw new MoodsyncError("failure", "The system did not do what it was asked; everything is as it was.", {
    hint: `This failed: ${failed.join(" ")}`,
  });
}

function works([program = "", ...args]: readonly string[], env: Environment): boolean {
  return (
    spawnSync(program, args, { env: withoutSecrets(env), stdio: "ignore", timeout: 30_000 }).status === 0
  );
}
