import { createContext, type World } from "./context.ts";
import { runCommandLine } from "./run.ts";
import { SYNC_COMMAND } from "./sync-command.ts";

/** Runs `sync` and returns the exit code. */
export function run(args: readonly string[], world: World): Promise<number> {
  return runCommandLine([SYNC_COMMAND], args, createContext(world));
}
