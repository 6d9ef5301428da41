import { clusters } from "../../output/display-width.ts";
import type { Key } from "../keyboard/key.ts";

/** A line of text, by what a reader takes for one character each (grapheme clusters), and the one that the cursor is
 *  on. */
export interface EditedText {
  characters: readonly string[];
  cursor: number;
}

/** A text with the cursor behind it. */
export function lineOf(text: string): EditedText {
  return lineAround(text, "");
}

export function textOf({ characters }: EditedText): string {
  return characters.join("");
}

/** The text after a key; the same where the key edits nothing. What is pasted becomes one line. */
export function editText(text: EditedText, key: Key): EditedText {
  const { characters, cursor } = text;
  const before = (to: number) => characters.slice(0, to).join("");
  const after = (from: number) => characters.slice(from).join("");
  switch (key.name) {
    case "text":
      return lineAround(before(cursor) + (key.isPasted ? singleLineOf(key.text) : key.text), after(cursor));
    case "left":
      return { characters, cursor: Math.max(0, cursor - 1) };
    case "right":
      return { characters, cursor: Math.min(characters.length, cursor + 1) };
    case "home":
      return { characters, cursor: 0 };
    case "end":
      return { characters, cursor: characters.length };
    case "backspace":
      return cursor > 0 ? lineAround(before(cursor - 1), after(cursor)) : text;
    case "delete":
      return lineAround(before(cursor), after(cursor + 1));
    case "control":
      return editByControl(text, key.letter);
    default:
      return text;
  }
}

/** The keys that shells have for it. */
function editByControl({ characters, cursor }: EditedText, letter: string): EditedText {
  switch (letter) {
    case "a":
      return { characters, cursor: 0 };
    case "e":
      return { characters, cursor: characters.length };
    case "u":
      return { characters: characters.slice(cursor), cursor: 0 };
    case "k":
      return { characters: characters.slice(0, cursor), cursor };
    case "w": {
      const start = startOfWord(characters, cursor);
      return lineAround(characters.slice(0, start).join(""), characters.slice(cursor).join(""));
    }
    default:
      return { characters, cursor };
  }
}

/** The parts before and after the cursor as one line. They are taken apart together, because what was typed or erased
 *  may join its neighbours: the second letter of a flag, an accent, the next member of a family. The cursor is then
 *  behind what they became. */
function lineAround(before: string, after: string): EditedText {
  const characters = [...clusters(before + after)];
  let cursor = 0;
  for (let length = 0; length < before.length; cursor++) length += characters[cursor]!.length;
  return { characters, cursor };
}

/** Where the word before the cursor begins, with the blanks behind it. */
function startOfWord(characters: readonly string[], cursor: number): number {
  const isBlank = (index: number) => characters[index]!.trim() === "";
  let start = cursor;
  while (start > 0 && isBlank(start - 1)) start--;
  while (start > 0 && !isBlank(start - 1)) start--;
  return start;
}

function singleLineOf(pasted: string): string {
  const lines = pasted.split(/[\r\n]/).map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" ");
}
