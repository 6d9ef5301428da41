import { createContext, type World } from "./context.ts";
import { COMMANDS } from "./registry.ts";
import { runCommandLine } from "./run.ts";

/** Runs any command, or shows help, and returns the exit code. On a terminal `moodsync` alone means `today`. */
export function run(args: readonly string[], world: World): Promise<number> {
  const isAlone = args.length === 0 && world.stdout.isTTY === true;
  return runCommandLine(COMMANDS, isAlone ? ["today"] : args, createContext(world));
}
