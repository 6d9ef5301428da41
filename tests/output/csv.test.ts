import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRow } from "../../src/output/csv.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ["  =x", "'  =x"],
  ["\t=x", "'\t=x"],
  ["\uff1dx", "'\uff1dx"],
  ["a=b", "a=b"],
  ['say "so"', '"say ""so"""'],
  ["a,b", '"a,b"'],
])("the text %j is the cell %s", (text, cell) => {
  expect(csvRow([text])).toBe(`${cell}\n`);
});

test("numbers, yes and no, and nothing are as they are", () => {
  expect(csvRow([-3, true, null, "x"])).toBe("-3,true,,x\n");
});

test("no text begins a formula", () => {
  const sign = fc.constantFrom("=", "+", "-", "@", " ", "\t", "\n", '"', "x");
  fc.assert(
    fc.property(fc.string({ unit: sign }), (text) => {
      const cell = csvRow([text]).trimEnd().replace(/^"/, "").replaceAll('""', '"');
      expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }),
    { numRuns: 200 },
  );
});
