import { displayWidth } from "./display-width.ts";

/** A line of text as lines of at most `columns`, broken between words; a word that is longer than a line is broken
 *  where the line ends. "" for an empty text. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) <= columns) line += ` ${word}`;
    else {
      if (line !== "") lines.push(line);
      const pieces = breakWord(word, columns);
      line = pieces.pop()!;
      lines.push(...pieces);
    }
  }
  return [...lines, line];
}

function breakWord(word: string, columns: number): string[] {
  if (displayWidth(word) <= columns) return [word];
  const pieces = [""];
  for (const character of word) {
    if (displayWidth(pieces.at(-1)! + character) > columns) pieces.push("");
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}
