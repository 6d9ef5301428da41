import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Context } from "./context.ts";

/** Asks for a secret on the terminal; what is typed or pasted is not shown. */
export async function promptHidden({ stdin, stderr }: Context, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: true });
  stderr.write(question);
  try {
    return await lines.question("");
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
