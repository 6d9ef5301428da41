/** One press of a key, or a text that was typed or pasted. */
export type Key =
  | { name: "text"; text: string; isPasted: boolean }
  | { name: "control"; letter: string }
  | { name: (typeof SEQUENCES)[number][0] | "enter" | "backspace" | "tab" };

/** What terminals send for the keys that are used, in both cursor modes. */
const SEQUENCES = [
  ["up", ["\u001b[A", "\u001bOA"]],
  ["down", ["\u001b[B", "\u001bOB"]],
  ["right", ["\u001b[C", "\u001bOC"]],
  ["left", ["\u001b[D", "\u001bOD"]],
  ["home", ["\u001b[H", "\u001bOH", "\u001b[1~", "\u001b[7~"]],
  ["end", ["\u001b[F", "\u001bOF", "\u001b[4~", "\u001b[8~"]],
  ["pageUp", ["\u001b[5~"]],
  ["pageDown", ["\u001b[6~"]],
  ["delete", ["\u001b[3~"]],
  ["backTab", ["\u001b[Z"]],
  ["escape", ["\u001b", "\u001b\u001b"]],
] as const;

const KEY_BY_SEQUENCE = new Map<string, Key>(
  SEQUENCES.flatMap(([name, sequences]) => sequences.map((sequence) => [sequence, { name }] as const)),
);
const PASTE_BEGINS = "\u001b[200~";
const PASTE_ENDS = "\u001b[201~";

/** Turns what a terminal sends into keys. Each call takes an escape sequence as a whole, or text of any length: fast
 *  typing and pasting come in one piece. */
export function createKeyReader(): (chunk: string) => Key[] {
  let pasted: string | null = null;
  return (chunk) => {
    if (chunk === PASTE_BEGINS) {
      pasted = "";
      return [];
    }
    if (pasted !== null) {
      if (chunk !== PASTE_ENDS) {
        if (!chunk.startsWith("\u001b")) pasted += chunk;
        return [];
      }
      const text = pasted;
      pasted = null;
      return text === "" ? [] : [{ name: "text", text, isPasted: true }];
    }
    if (chunk.startsWith("\u001b")) {
      const key = KEY_BY_SEQUENCE.get(chunk);
      return key ? [key] : [];
    }
    return Array.from(chunk, toKey);
  };
}

function toKey(character: string): Key {
  if (character === "\r" || character === "\n") return { name: "enter" };
  if (character === "\t") return { name: "tab" };
  if (character === "\u007f" || character === "\b") return { name: "backspace" };
  if (character < " ") return { name: "control", letter: String.fromCharCode(character.charCodeAt(0) + 96) };
  return { name: "text", text: character, isPasted: false };
}

/** The character of a typed key, null for any other key: what is pasted is never a command. */
export function letterOf(key: Key): string | null {
  return key.name === "text" && !key.isPasted ? key.text : null;
}
