import { expect, test } from "vitest";
import { displayWidth, truncate } from "../../src/output/display-width.ts";
import { formatTable } from "../../src/output/table.ts";

test.each([
  ["abc", 3],
  ["café", 4],
  ["cafe\u0301", 4],
  ["日本", 4],
  ["🏃", 2],
  ["👩‍👩‍👧", 2],
  ["❤️", 2],
  ["…", 1],
  ["", 0],
])("%j takes %d columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ["hello world", 8, "hello w…"],
  ["hello world", 11, "hello world"],
  ["日本語", 4, "日…"],
  ["👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"],
])("%j cut to %d columns is %j", (text, columns, cut) => {
  expect(truncate(text, columns)).toBe(cut);
});

test("columns are aligned by what they take on the screen", () => {
  const rows = [
    ["日本", "4", "x"],
    ["run", "12", ""],
  ];
  expect(formatTable(rows)).toBe("日本  4   x\nrun   12\n");
});

test("the flexible column gives way to the width of the terminal, but not below eight columns", () => {
  const rows = [
    ["a", "a note that is far too long", "3f9c"],
    ["b", "short", "aaaa"],
  ];
  expect(formatTable(rows, { width: 20, flexible: 1 })).toBe("a  a note tha…  3f9c\nb  short        aaaa\n");
  expect(formatTable(rows, { width: 5, flexible: 1 })).toBe("a  a note…   3f9c\nb  short     aaaa\n");
  expect(formatTable([])).toBe("");
});
