import fc from "fast-check";
import { expect, test } from "vitest";
import { printableJson, singleLine, terminalText } from "../../src/output/terminal-text.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/u;

test.each([
  ["\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
  ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
  ["over\rwritten", "over\\x0dwritten"],
  ["a\bb", "a\\x08b"],
  ["\u009b2J", "\\x9b2J"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["a\u2066b\u2069c\u200fd", "a\\u2066b\\u2069c\\u200fd"],
  ["line\nand\ttab", "line\nand\ttab"],
  ["👩‍👩‍👧 café עברית", "👩‍👩‍👧 café עברית"],
])("%j is shown as %j", (text, shown) => {
  expect(terminalText(text)).toBe(shown);
});

test("a single line has no newline and no tab", () => {
  expect(singleLine("one \r\n two\tthree\n")).toBe("one two three ");
});

test("whatever the text, no control reaches the terminal, and JSON stays the same JSON", () => {
  const anyText = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(anyText, (text) => {
      expect(terminalText(text)).not.toMatch(RAW);
      expect(singleLine(text)).not.toMatch(/[\n\t]/);
      expect(printableJson({ note: text })).not.toMatch(RAW);
      expect(JSON.parse(printableJson({ note: text }, 2))).toEqual({ note: text });
    }),
  );
});
