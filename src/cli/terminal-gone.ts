import type { Readable } from "node:stream";
import { isatty } from "node:tty";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { readText } from "../input/standard-input.ts";
import type { Context } from "./context.ts";

/** Resolves to null when standard input ends. Throws `interrupted` with the sentence when a signal asks the process to
 *  end, which it does by that signal once the command has set the terminal back. A terminal that has gone counts as
 *  SIGHUP: not everybody who uses it gets the signal. */
export function untilTerminalGoes(context: Context, sentence: string): Promise<null> {
  const stdin: Readable & { isTTY?: boolean; fd?: number } = context.stdin;
  return new Promise((resolve, reject) => {
    function endBy(signal: "SIGHUP" | "SIGTERM" | "SIGINT"): void {
      context.endBySignal(signal);
      reject(new MoodsyncError("interrupted", sentence));
    }
    function ended(): void {
      if (stdin.isTTY && stdin.fd !== undefined && !isatty(stdin.fd)) endBy("SIGHUP");
      else resolve(null);
    }
    // It may have ended since the last question.
    if (stdin.readableEnded || stdin.destroyed) ended();
    for (const event of ["end", "close", "error"]) stdin.on(event, ended);
    for (const signal of ["SIGHUP", "SIGTERM", "SIGINT"] as const) {
      context.onSignal(signal, () => endBy(signal));
    }
  });
}

/** All of standard input as text. Throws what `readText` throws; where the terminal went away over it the process then
 *  ends by SIGHUP. */
export async function readStandardInput(context: Context): Promise<string> {
  try {
    return await readText(context.stdin);
  } catch (error) {
    if (error instanceof MoodsyncError && error.code === "interrupted") context.endBySignal("SIGHUP");
    throw error;
  }
}
