import type { TerminalStyle } from "../terminal-style.ts";
import { named, type Page, type Size } from "./page.ts";

/** Every key of a questionnaire. */
export function keysPage(size: Size, style: TerminalStyle): Page {
  const keys = [
    ["0–9", "answer, where the question has that number, and go on"],
    ["-", "leave the question without a number, where that is offered"],
    ["← →", "back and forward; no answer changes"],
    ["Esc", "leave; your answers wait for 24 hours and you go on where you were"],
    ["H", "support lines, at any time, without a network"],
    ["v", "at the result: your answers"],
    ["u", "at the result: take it back"],
    ["Ctrl-C", "leave at once; your answers wait all the same"],
  ] as const;
  return {
    head: { name: "Keys", at: "" },
    blocks: [
      {
        lines: named(
          keys.map(([key, text]) => ({ name: [style.bold(key)], text })),
          size,
          style,
          9,
        ),
      },
    ],
    keys: [["Enter", "back"]],
  };
}
