import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

/** Asks a question to be answered with y or n; Enter and the end of the input mean no. Where standard input or error is
 *  no terminal nobody could answer: then it is true at once. Throws `interrupted` on Ctrl+C. */
export async function confirm(context: Context, question: string): Promise<boolean> {
  const { stdin, stderr } = context;
  if (!stdin.isTTY || !stderr.isTTY) return true;
  // The terminal's own line mode: one letter needs no other editing, and nothing has to be set back.
  const reader = createInterface({ input: stdin, terminal: false });
  const gone = untilTerminalGoes(context, "Nothing was changed.");
  stderr.write(`${question} [y/N] `);
  try {
    const answer = await Promise.race([reader.question(""), gone]);
    return /^y(es)?$/i.test(answer?.trim() ?? "");
  } finally {
    reader.close();
  }
}
