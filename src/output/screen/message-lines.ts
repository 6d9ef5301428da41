import { widthOf } from "../fit-line.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";
import { verbatim } from "../terminal-style.ts";
import { wrapWords } from "../wrap-words.ts";

/** What an action brought, and what to do next. */
export interface ShownMessage {
  tone: "done" | "note" | "problem" | "question";
  text: string;
  hint?: string | undefined;
}

/** A message with its sign, the hint behind it, or below it where there is no room for both. */
export function messageLines(
  { tone, text, hint }: ShownMessage,
  columns: number,
  style: TerminalStyle,
): Line[] {
  const sign = signOf(tone, style);
  const indent = " ".repeat(widthOf([sign], style) + 2);
  const room = columns - indent.length - 1;
  const whole = hint === undefined ? text : `${text}  ${hint}`;
  const texts =
    whole.length <= room ? [whole] : [...wrapWords(text, room), ...(hint ? wrapWords(hint, room) : [])];
  return texts.map((line, index) =>
    style.line(...(index === 0 ? [" ", sign, " "] : [indent]), verbatim(line)),
  );
}

function signOf(tone: ShownMessage["tone"], style: TerminalStyle): Part {
  switch (tone) {
    case "done":
      return style.glyphs.done;
    case "note":
      return style.glyphs.noEntry;
    case "problem":
      return style.inverse(style.glyphs.problem);
    case "question":
      return style.bold("?");
  }
}
