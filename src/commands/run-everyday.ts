import { createContext, type World } from "./context.ts";
import { EVERYDAY_COMMANDS } from "./everyday.ts";
import { runCommandLine } from "./run.ts";

/** Runs an everyday command and returns the exit code. */
export function run(args: readonly string[], world: World): Promise<number> {
  return runCommandLine(EVERYDAY_COMMANDS, args, createContext(world));
}
