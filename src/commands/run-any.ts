import { createContext, type World } from "./context.ts";
import { COMMANDS } from "./registry.ts";
import { runCommandLine } from "./run.ts";

/** Runs any command, or shows help, and returns the exit code. */
export function run(args: readonly string[], world: World): Promise<number> {
  return runCommandLine(COMMANDS, args, createContext(world));
}
