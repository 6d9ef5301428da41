import { expect, test } from "vitest";
import { levelOnScale, parseScale } from "../../../src/transfer/reading/scale.ts";

test.each([
  ["1-10", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]],
  ["1-7", [1, 2, 2, 3, 4, 4, 5]],
  ["1-6", [1, 2, 3, 3, 4, 5]],
  ["0-4", [1, 2, 3, 4, 5]],
  ["-2..2", [1, 2, 3, 4, 5]],
  ["1-5", [1, 2, 3, 4, 5]],
])("whole values of %s become %j", (text, levels) => {
  const scale = parseScale(text)!;
  expect(levels.map((_, index) => levelOnScale(scale.min + index, scale))).toEqual(levels);
  expect(levelOnScale(scale.min - 1, scale)).toBeNull();
  expect(levelOnScale(scale.max + 0.1, scale)).toBeNull();
  expect(levelOnScale(Number.NaN, scale)).toBeNull();
});

test.each(["", "5", "5-1", "1-1", "a-b", "1-10-20"])("%j is no scale", (text) => {
  expect(parseScale(text)).toBeNull();
});
