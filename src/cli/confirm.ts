import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

/** Asks a question to be answered with y or n; the end of the input means no, and so does Enter unless it is to mean yes. Where standard input or error is
 *  no terminal nobody could answer: then it is true at once. Throws `interrupted` on Ctrl+C. */
export async function confirm(
  context: Context,
  question: string,
  enter: "yes" | "no" = "no",
): Promise<boolean> {
  const { stdin, stderr } = context;
  if (!stdin.isTTY || !stderr.isTTY) return true;
  // The terminal's own line mode: one letter needs no other editing, and nothing has to be set back.
  const reader = createInterface({ input: stdin, terminal: false });
  const gone = untilTerminalGoes(context, "Nothing was changed.");
  stderr.write(`${question} ${enter === "yes" ? "[Y/n]" : "[y/N]"} `);
  try {
    const answer = await Promise.race([reader.question(""), gone]);
    const typed = answer?.trim();
    return typed === "" ? enter === "yes" : /^y(es)?$/i.test(typed ?? "");
  } finally {
    reader.close();
  }
}
