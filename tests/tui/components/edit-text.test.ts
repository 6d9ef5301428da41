import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EditedText, editText, lineOf } from "../../../src/tui/components/edit-text.ts";
import type { Key } from "../../../src/tui/keyboard/key.ts";

const EMPTY: EditedText = { characters: [], cursor: 0 };
const type = (text: string, isPasted = false): Key => ({ name: "text", text, isPasted });
const control = (letter: string): Key => ({ name: "control", letter });
const typeAll = (...keys: Key[]) => keys.reduce(editText, EMPTY);
const text = ({ characters }: EditedText) => characters.join("");

describe("editing a line", () => {
  test.each<[string, Key[], string]>([
    ["types at the cursor", [type("ac"), { name: "left" }, type("b")], "abc"],
    ["erases before the cursor", [type("abc"), { name: "left" }, { name: "backspace" }], "ac"],
    ["erases at the cursor", [type("abc"), { name: "home" }, { name: "delete" }], "bc"],
    ["takes an emoji for one character", [type("a😀"), { name: "backspace" }], "a"],
    ["takes a family for one character", [type("a👨‍👩‍👧"), { name: "backspace" }], "a"],
    ["takes a letter and its accents for one", [type("be\u0301\u0323"), { name: "backspace" }], "b"],
    ["takes a flag for one", [type("🇩🇪🇫🇷"), { name: "left" }, { name: "backspace" }], "🇫🇷"],
    ["takes a syllable for one", [type("한국"), { name: "home" }, { name: "delete" }], "국"],
    [
      "moves over a whole character",
      [type("👍🏽a"), { name: "left" }, { name: "left" }, type("x")],
      "x👍🏽a",
    ],
    [
      "joins what comes in pieces",
      [type("a👨"), type("\u200d"), type("👩"), { name: "backspace" }, type("b")],
      "ab",
    ],
    ["erases to the start with Ctrl-U", [type("old"), control("u"), type("new")], "new"],
    ["erases to the end with Ctrl-K", [type("abc"), { name: "home" }, control("k")], ""],
    ["erases a word with Ctrl-W", [type("one two  "), control("w")], "one "],
    ["makes one line of what is pasted", [type("  key\r\n", true)], "key"],
    ["joins pasted lines by blanks", [type("a\r\n  b\nc", true)], "a b c"],
    ["keeps blanks that are typed", [type(" a ")], " a "],
  ])("%s", (_what, keys, expected) => {
    expect(text(typeAll(...keys))).toBe(expected);
  });

  test("keeps the cursor within the text, whatever is pressed", () => {
    const names = ["left", "right", "home", "end", "backspace", "delete", "up"] as const;
    const key = fc.oneof(
      fc.constantFrom(...names).map((name): Key => ({ name })),
      fc.constantFrom("a", "e", "u", "k", "w", "z").map(control),
      fc.tuple(fc.string({ unit: "binary" }), fc.boolean()).map(([typed, isPasted]) => type(typed, isPasted)),
    );
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const { characters, cursor } = typeAll(...keys);
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual(characters.length);
        expect(characters).toEqual(lineOf(characters.join("")).characters);
      }),
    );
  });
});
