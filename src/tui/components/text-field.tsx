import { useState } from "react";
import { displayWidth } from "../../output/display-width.ts";
import { type Part, type TerminalStyle, verbatim } from "../../output/terminal-style.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { useStyle } from "../app-root.tsx";
import type { Help, Key } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { type EditedText, editText, lineOf, textOf } from "./edit-text.ts";
import { Lines } from "./lines.tsx";

/** Which way a field was left. */
export type Leaving = "enter" | "next" | "previous";

const KEYS: readonly Help[] = [
  ["Enter", "store"],
  ["Esc", "cancel"],
];

/** One line that is being typed. Shown as bullets when `masked`: others may be looking. Leaving it hands the text to
 *  `onLeave`; Escape drops what was typed. */
export function TextField(props: {
  initial: string;
  masked?: boolean;
  /** Columns that it may take. */
  width: number;
  /** Called with the text after every key. */
  onChange?(text: string): void;
  onLeave(text: string, leaving: Leaving): void;
  /** Called with the text at Escape. */
  onCancel(text: string): void;
  /** Which keys leave the field here, and what that does. */
  keys?: readonly Help[];
  /** Holds one digit: another one, or a word, replaces it. */
  isDigit?: boolean;
}) {
  const [edited, setEdited] = useState<EditedText>(() => lineOf(props.initial));
  const onKey = (key: Key) => {
    const leaving = leavingOf(key);
    if (leaving) props.onLeave(textOf(edited), leaving);
    else if (key.name === "escape") props.onCancel(textOf(edited));
    else {
      const isReplaced = props.isDigit && key.name === "text" && /^\d$/.test(textOf(edited));
      const after = editText(isReplaced ? lineOf("") : edited, key);
      setEdited(after);
      props.onChange?.(textOf(after));
    }
    return true;
  };
  useKeys("field", onKey, { keys: props.keys ?? KEYS });
  const style = useStyle();
  const shown = props.masked
    ? edited.characters.map(() => (style.isAscii ? "*" : "•"))
    : edited.characters.map(singleLine);
  const { before, at, after } = visiblePart(shown, edited.cursor, props.width);
  return <Lines lines={[style.line(verbatim(before), cursorCell(at, style), verbatim(after))]} />;
}

/** The place of the cursor, inverse; an underscore where the terminal cannot show that. */
function cursorCell(at: string, style: TerminalStyle): Part {
  return style.hasWeight ? style.inverse(verbatim(at)) : verbatim(at === " " ? "_" : at);
}

function leavingOf(key: Key): Leaving | null {
  if (key.name === "enter") return "enter";
  if (key.name === "tab" || key.name === "down") return "next";
  return key.name === "backTab" || key.name === "up" ? "previous" : null;
}

/** As much around the cursor as fits, with the cursor on a blank when it is behind the text. */
function visiblePart(
  shown: readonly string[],
  cursor: number,
  width: number,
): { before: string; at: string; after: string } {
  const at = shown[cursor] ?? " ";
  let room = width - displayWidth(at);
  let from = cursor;
  while (from > 0 && displayWidth(shown[from - 1]!) <= room) room -= displayWidth(shown[--from]!);
  let to = cursor + 1;
  while (to < shown.length && displayWidth(shown[to]!) <= room) room -= displayWidth(shown[to++]!);
  return { before: shown.slice(from, cursor).join(""), at, after: shown.slice(cursor + 1, to).join("") };
}
