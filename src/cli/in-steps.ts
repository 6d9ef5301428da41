import { setImmediate as nextTurn } from "node:timers/promises";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Context, StopSignal } from "./context.ts";

/** Runs work that goes on in steps. */
export type RunSteps = <T>(steps: Generator<void, T>) => Promise<T>;

/** From now on a signal that asks the process to end is noticed between two steps of what is run by the function that
 *  this returns, and no earlier. It throws `interrupted` with the sentence inside of the work, so that the work can take
 *  back what it began, and the process ends by that signal once the command has. */
export function interruptibleSteps(context: Context, sentence: string): RunSteps {
  let stoppedBy: StopSignal | undefined;
  for (const signal of ["SIGHUP", "SIGTERM", "SIGINT"] as const) {
    context.onSignal(signal, () => {
      stoppedBy ??= signal;
    });
  }
  return async (steps) => {
    for (;;) {
      // Node calls back for a signal only between two turns.
      await nextTurn();
      if (stoppedBy) context.endBySignal(stoppedBy);
      const step = stoppedBy ? steps.throw(new MoodsyncError("interrupted", sentence)) : steps.next();
      if (step.done) return step.value;
    }
  };
}
