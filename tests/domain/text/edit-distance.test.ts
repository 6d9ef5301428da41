import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance } from "../../../src/domain/text/edit-distance.ts";

test.each([
  ["", "", 0],
  ["", "abc", 3],
  ["help", "hlep", 1],
  ["enable", "enalbe", 1],
  ["list", "lists", 1],
  ["ca", "abc", 3], // no letter is changed twice
  ["kitten", "sitting", 3],
])("%j and %j are %i apart", (one, other, distance) => expect(editDistance(one, other)).toBe(distance));

test("long texts are not compared", () => {
  expect(editDistance("a".repeat(41), "a".repeat(41))).toBe(Number.POSITIVE_INFINITY);
});

const word = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "c") });

test("it is the same both ways, 0 for equal texts alone, and no more than the longer one", () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const distance = editDistance(one, other);
      expect(distance).toBe(editDistance(other, one));
      expect(distance === 0).toBe(one === other);
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
    }),
  );
});
