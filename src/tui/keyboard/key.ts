import type { KeyHelp } from "../../output/screen/keys-line.ts";

/** One press of a key, or a text that was typed or pasted. */
export type Key =
  | { name: "text"; text: string; isPasted: boolean }
  | { name: "control"; letter: string }
  /** The left button of the mouse, at a place of the screen, counted from 0. */
  | { name: "click"; row: number; column: number }
  | { name: "wheelUp" | "wheelDown" }
  | { name: (typeof SEQUENCES)[number][0] | "enter" | "backspace" | "tab" | "escape" };

/** A key and what it does here. */
export type Help = KeyHelp;

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
] as const;

const KEY_BY_SEQUENCE = new Map<string, Key>(
  SEQUENCES.flatMap(([name, sequences]) => sequences.map((sequence) => [sequence, { name }] as const)),
);

/** The key that an escape sequence stands for; null for one that does nothing here. */
export function keyOfSequence(sequence: string): Key | null {
  return KEY_BY_SEQUENCE.get(sequence) ?? mouseKey(sequence);
}

/** A report of the mouse: its button, the column and the row from 1 on, and M for a press. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how sequences begin
const MOUSE_REPORT = /^\u001b\[<(\d{1,3});(\d{1,4});(\d{1,4})M$/;
const LEFT_BUTTON = 0;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

function mouseKey(sequence: string): Key | null {
  const [, button, column, row] = (MOUSE_REPORT.exec(sequence) ?? []).map(Number);
  if (button === WHEEL_UP) return { name: "wheelUp" };
  if (button === WHEEL_DOWN) return { name: "wheelDown" };
  return button === LEFT_BUTTON ? { name: "click", row: row! - 1, column: column! - 1 } : null;
}

/** The key that a character outside of an escape sequence stands for; null for a control character that no key has. */
export function keyOfCharacter(character: string): Key | null {
  if (character === "\r" || character === "\n") return { name: "enter" };
  if (character === "\t") return { name: "tab" };
  if (character === "\u007f" || character === "\b") return { name: "backspace" };
  if (character < " ") return { name: "control", letter: String.fromCharCode(character.charCodeAt(0) + 96) };
  if (character > "\u007f" && character < "\u00a0") return null;
  return { name: "text", text: character, isPasted: false };
}

/** The character of a typed key, null for any other key: what is pasted is never a command. */
export function letterOf(key: Key): string | null {
  return key.name === "text" && !key.isPasted ? key.text : null;
}
