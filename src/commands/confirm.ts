import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Context } from "./context.ts";

/** Asks a question to be answered with y or n; Enter means no. Where standard input or error is no terminal nobody
 *  could answer: then it is true at once. Throws `interrupted` on Ctrl+C. */
export async function confirm(context: Context, question: string): Promise<boolean> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) return true;
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({ input: context.stdin, output: context.stderr });
  const closed = new Promise<string>((resolve, reject) => {
    reader.once("SIGINT", () => reject(new MoodsyncError("interrupted", "Nothing was changed.")));
    reader.once("close", () => resolve(""));
  });
  try {
    return /^y(es)?$/i.test((await Promise.race([reader.question(`${question} [y/N] `), closed])).trim());
  } finally {
    reader.close();
  }
}
