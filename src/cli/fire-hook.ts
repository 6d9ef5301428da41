import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HookName } from "../hooks/run-hook.ts";
import type { Context } from "./context.ts";
import { type OutputOptions, printNotice } from "./output-options.ts";

/** Runs the person's own program after something was done, where there is one. What goes wrong with it is said, and changes
 *  nothing. Loads nothing where there is none. */
export async function fireHook(
  context: Context,
  options: OutputOptions,
  name: HookName,
  value: object,
): Promise<void> {
  const { configDir } = context.home;
  if (!existsSync(join(configDir, name))) return;
  const { runHook } = await import("../hooks/run-hook.ts");
  const outcome = await runHook({ configDir, env: context.env }, name, value);
  if (outcome.status === "failed") {
    printNotice(context, options, `The hook ${name} ${outcome.reason}; what was done is stored.`);
  }
}
