import { describe, expect, test } from "vitest";
import { passedBound } from "../../../src/domain/protocol/json-bounds.ts";

const BOUNDS = { levels: 2, items: 4, values: 6 };
const passed = (json: string) => passedBound(Buffer.from(json), BOUNDS);

describe("what a text holds counts as nothing, and what stands behind it counts", () => {
  const inside = ['"', "\\", '\\"', '"\\', "[[[", "{,,,,,,,", '\\\\"['];
  const lengths = [0, 1, 30, 31, 32, 33, 34, 100];
  test.each(inside)("%j", (marks) => {
    for (const before of lengths) {
      for (const after of lengths) {
        const text = JSON.stringify("x".repeat(before) + marks + "x".repeat(after) + marks);
        expect(passed(`[${text},1]`)).toBeNull();
        expect(passed(`[${text},[[1]]]`)).toBe("levels");
        expect(passed(`[${text},1,1,1,1]`)).toBe("items");
        expect(passed(`[[${text},1,1],[1,1,1],1,1]`)).toBe("values");
      }
    }
  });
});

test.each(['["', `["${"x".repeat(100)}`, `["${"x".repeat(100)}\\"`, '["\\'])(
  "a text without an end holds all that follows: %j",
  (json) => {
    expect(passed(`${json}[[[[`)).toBeNull();
  },
);

test.each(["{}", "[1]", "]", '{"a":[1]}'])(
  "what stands behind the end of %s is left to the parser",
  (json) => {
    expect(passed(`${json} [[[[`)).toBeNull();
    expect(() => JSON.parse(`${json} [[[[`)).toThrow();
  },
);
