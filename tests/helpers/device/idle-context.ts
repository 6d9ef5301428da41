import { type Context, createContext } from "../../../src/cli/context.ts";

/** A context for a command that is looked at and not run. */
export function idleContext(): Context {
  return createContext({
    env: { MOODSYNC_HOME: "/nonexistent" },
    stdin: () => process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    nowMs: Date.now,
    onStop: () => {},
    onReload: () => {},
    onSignal: () => {},
    onUncaught: () => {},
    endBySignal: () => {},
    program: [],
  });
}
