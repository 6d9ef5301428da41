import { expect, test } from "vitest";
import { groupedNumber } from "../../../src/domain/text/grouped-number.ts";

test("the thousands of a whole number are apart, as English writes them", () => {
  expect(groupedNumber(1_234_567)).toBe("1,234,567");
  for (const count of [0, 7, 999, 1_000, 10_000, 99_999, 100_000, 1_000_000, 2 ** 53 - 1]) {
    expect(groupedNumber(count)).toBe(count.toLocaleString("en-US"));
  }
});
