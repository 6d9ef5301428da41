import { describe, expect, test } from "vitest";
import { createKeyReader } from "../../../src/tui/keyboard/key-reader.ts";

const typed = (text: string) => ({ name: "text", text, isPasted: false });

/** The keys of a text that comes in these pieces. */
function keysOf(...pieces: string[]) {
  const reader = createKeyReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

/** The same when nothing comes for a while after each piece. */
function keysOfSlow(...pieces: string[]) {
  const reader = createKeyReader();
  return pieces.flatMap((piece) => [...reader.read(piece), ...reader.endEscape()]);
}

const ANSWERS = [
  ["the colour of the background", "\u001b]11;rgb:1e1e/2e2e/3e3e\u001b\\"],
  ["the same, ended by a bell", "\u001b]11;rgb:1e1e/2e2e/3e3e\u0007"],
  ["what the terminal can do", "\u001b[?62;1;4;22c"],
  ["where the cursor is", "\u001b[12;45R"],
  ["the terminal's version", "\u001bP>|XTerm(345)\u001b\\"],
  ["a picture's state", "\u001b_Gi=1;OK\u001b\\"],
  ["the mouse, let go", "\u001b[<0;12;5m"],
  ["another button of the mouse", "\u001b[<2;12;5M"],
  ["the mouse of an old terminal", "\u001b[M 15"],
  ["a function key", "\u001b[15;5~"],
  ["the first function key of Linux", "\u001b[[A"],
] as const;

describe("the key reader", () => {
  test("takes fast typing apart, Enter and controls included", () => {
    expect(keysOf("a1\r\u0015\u007f\té")).toEqual([
      typed("a"),
      typed("1"),
      { name: "enter" },
      { name: "control", letter: "u" },
      { name: "backspace" },
      { name: "tab" },
      typed("é"),
    ]);
  });

  test("knows the arrows of both cursor modes, and ignores keys that do nothing here", () => {
    expect(keysOf("\u001b[A\u001bOB\u001b[3~\u001b[15~\u001bx\u0085")).toEqual([
      { name: "up" },
      { name: "down" },
      { name: "delete" },
    ]);
  });

  test("takes an escape character for the key when nothing follows", () => {
    expect(keysOf("\u001b")).toEqual([]);
    expect(keysOfSlow("\u001b")).toEqual([{ name: "escape" }]);
    expect(keysOfSlow("\u001b\u001b", "q")).toEqual([{ name: "escape" }, typed("q")]);
  });

  test.each<[string, string, object[]]>([
    ["an arrow", "\u001b[B", [{ name: "down" }]],
    ["a click", "\u001b[<0;12;5M", [{ name: "click", row: 4, column: 11 }]],
    ["the wheel", "\u001b[<64;12;5M", [{ name: "wheelUp" }]],
    ["a paste", "\u001b[200~5q\r\u001b[A\u001b[201~", [{ name: "text", text: "5q\r", isPasted: true }]],
    ...ANSWERS.map(([what, answer]) => [what, answer, []] as [string, string, object[]]),
  ])("reads %s alike, cut at any place, and then goes on", (_, sent, keys) => {
    for (let cut = 0; cut <= sent.length; cut++) {
      expect(keysOf(sent.slice(0, cut), `${sent.slice(cut)}q`)).toEqual([...keys, typed("q")]);
    }
    expect(keysOf(...sent, "q")).toEqual([...keys, typed("q")]);
  });

  test.each(ANSWERS)("types nothing of an answer, %s, that comes slowly", (_, answer) => {
    for (let cut = 0; cut <= answer.length; cut++) {
      const keys = keysOfSlow(answer.slice(0, cut), answer.slice(cut));
      expect(keys.filter(({ name }) => name !== "escape")).toEqual([]);
    }
  });

  test("ends an answer that never ends at Ctrl-C", () => {
    expect(keysOf("\u001b]11;rgb", "\u0003")).toEqual([{ name: "control", letter: "c" }]);
    expect(keysOf("\u001b[12", "\u0003")).toEqual([{ name: "control", letter: "c" }]);
  });
});
