import { textLines } from "../output/terminal-text.ts";
import { wrapWords } from "../output/wrap-words.ts";
import type { Context } from "./context.ts";

/** Says lines to somebody who is asked, on a terminal without breaking a word. */
export function sayLines({ stderr }: Context, lines: readonly string[]): void {
  const { columns } = stderr;
  stderr.write(textLines(lines.flatMap((line) => (columns ? wrapWords(line, columns) : [line]))));
}
