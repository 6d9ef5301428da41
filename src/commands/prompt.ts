import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Context } from "./context.ts";

/** Asks for a secret on the terminal; what is typed or pasted is not shown. Throws `interrupted` on Ctrl+C and when
 *  the input ends without a line. */
export async function promptHidden({ stdin, stderr }: Context, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: true });
  const ended = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new MoodsyncError("interrupted", "Nothing was entered.")));
  });
  stderr.write(question);
  try {
    return await Promise.race([ended, lines.question("").catch(() => ended)]);
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
