import { displayWidth, truncate } from "./display-width.ts";

/** A text as lines of at most `columns`, broken between words; a word that is longer than a line is cut. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(truncate(word, columns));
    }
  }
  return lines;
}
