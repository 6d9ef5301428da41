import { createInterface } from "node:readline/promises";
import type { Context } from "./context.ts";
import { untilTerminalGoes } from "./terminal-gone.ts";

/** Asks a question to be answered with y or n; the end of the input means no, and so does Enter unless it is to mean yes.
 *  Where standard input or error is no terminal nobody could answer: then it is true at once. Throws `interrupted` on
 *  Ctrl+C. */
export async function confirm(
  context: Context,
  question: string,
  enter: "yes" | "no" = "no",
): Promise<boolean> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) return true;
  const answer = await askLine(context, `${question} ${enter === "yes" ? "[Y/n]" : "[y/N]"} `);
  const typed = answer?.trim();
  return typed === "" ? enter === "yes" : /^y(es)?$/i.test(typed ?? "");
}

/** Asks on a terminal for a line; null at the end of the input. `unchanged` is said where the terminal goes. */
export async function askLine(
  context: Context,
  question: string,
  unchanged = "Nothing was changed.",
): Promise<string | null> {
  const { stdin, stderr } = context;
  // The terminal's own line mode: one letter needs no other editing, and nothing has to be set back.
  const reader = createInterface({ input: stdin, terminal: false });
  const gone = untilTerminalGoes(context, unchanged);
  stderr.write(question);
  try {
    return await Promise.race([reader.question(""), gone]);
  } finally {
    reader.close();
  }
}
