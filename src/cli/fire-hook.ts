import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HookName } from "../hooks/run-hook.ts";
import type { Context } from "./context.ts";
import { type OutputOptions, printNotice } from "./output-options.ts";

/** Runs the person's own program after something was done, where there is one. What goes wrong with it is said, and changes
 *  nothing. */
export async function fireHook(
  context: Context,
  options: OutputOptions,
  name: HookName,
  value: object,
): Promise<void> {
  const problem = await hookProblem(context, name, value);
  if (problem !== null) printNotice(context, options, problem);
}

/** Runs it, and comes back with what went wrong with it, in a sentence; null: nothing did. Loads nothing where there is
 *  none. */
export async function hookProblem(context: Context, name: HookName, value: object): Promise<string | null> {
  const { configDir } = context.home;
  if (!existsSync(join(configDir, name))) return null;
  const { runHook } = await import("../hooks/run-hook.ts");
  const outcome = await runHook({ configDir, env: context.env }, name, value);
  return outcome.status === "failed" ? `The hook ${name} ${outcome.reason}; what was done is stored.` : null;
}
