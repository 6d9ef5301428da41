import type { Key } from "../keyboard/key.ts";

/** A line of text, character by character (code points), and the character that the cursor is on. */
export interface EditedText {
  characters: readonly string[];
  cursor: number;
}

/** The text after a key; the same where the key edits nothing. What is pasted becomes one line. */
export function editText(text: EditedText, key: Key): EditedText {
  const { characters, cursor } = text;
  const without = (from: number, to: number) => ({
    characters: characters.toSpliced(from, to - from),
    cursor: from,
  });
  switch (key.name) {
    case "text": {
      const typed = Array.from(key.isPasted ? key.text.trim().replace(/\s*[\r\n]+\s*/g, " ") : key.text);
      return { characters: characters.toSpliced(cursor, 0, ...typed), cursor: cursor + typed.length };
    }
    case "left":
      return { characters, cursor: Math.max(0, cursor - 1) };
    case "right":
      return { characters, cursor: Math.min(characters.length, cursor + 1) };
    case "home":
      return { characters, cursor: 0 };
    case "end":
      return { characters, cursor: characters.length };
    case "backspace":
      return cursor > 0 ? without(cursor - 1, cursor) : text;
    case "delete":
      return cursor < characters.length ? without(cursor, cursor + 1) : text;
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
      const before = characters
        .slice(0, cursor)
        .join("")
        .replace(/\S*\s*$/, "");
      const kept = Array.from(before);
      return { characters: [...kept, ...characters.slice(cursor)], cursor: kept.length };
    }
    default:
      return { characters, cursor };
  }
}
