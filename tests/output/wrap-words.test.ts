import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "../../src/output/display-width.ts";
import { wrapWords } from "../../src/output/wrap-words.ts";

test("breaks between words, and a word only where it is longer than a line", () => {
  expect(wrapWords("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapWords("a https://mood.example.org b", 10)).toEqual(["a https://", "mood.examp", "le.org b"]);
  expect(wrapWords("漢字漢字", 5)).toEqual(["漢字", "漢字"]);
  expect(wrapWords("", 10)).toEqual([""]);
});

test("keeps every word and never exceeds the columns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
      const lines = wrapWords(text, columns);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
      expect(lines.join("").normalize().replaceAll(" ", "")).toBe(text.normalize().replaceAll(" ", ""));
    }),
  );
});
