import fc from "fast-check";
import { expect, test } from "vitest";
import { printableJson, singleLine, terminalText } from "../../src/output/terminal-text.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b\ufeff]|\p{Bidi_Control}|\p{Cs}/u;

test.each([
  ["\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
  ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["over\rwritten", "over\\u000dwritten"],
  ["a\bb", "a\\u0008b"],
  ["\u009b2J", "\\u009b2J"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["a\u2066b\u2069c\u200fd", "a\\u2066b\\u2069c\\u200fd"],
  ["line\nand\ttab", "line\nand\ttab"],
  ["run\u200b", "run\\u200b"],
  ["r\u200dun", "r\\u200dun"],
  ["a\ufe0f", "a\\ufe0f"],
  ["4\ufe0f", "4\\ufe0f"],
  ["a\u{e0061}\u{e0062}", "a\\udb40\\udc61\\udb40\\udc62"],
  ["a\u3164\u00ad\u2060\ufeff", "a\\u3164\\u00ad\\u2060\\ufeff"],
  ["می\u200c\u200cخواهم", "می\u200c\\u200cخواهم"],
  ["a\ud800b\udc00", "a\\ud800b\\udc00"],
  ["a\u0085b\u2028c\u2029d", "a\\u0085b\\u2028c\\u2029d"],
])("%j is shown as %j", (text, shown) => {
  expect(terminalText(text)).toBe(shown);
});

test.each([
  "👩‍👩‍👧 👩🏽‍🚀 🏴‍☠️ ❤️‍🔥 ❤︎ 4️⃣ 🏳️‍🌈",
  "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "café cafe\u0301 عربي עִבְרִית می‌خواهم",
  "क्‍ष ക്‍ 葛\u{e0100} ᠮᠣᠩ᠋ ♥ → · … 日本語 한국어",
])("the writing %j is shown as it is", (text) => {
  expect(terminalText(text)).toBe(text);
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
