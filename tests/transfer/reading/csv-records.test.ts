import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecords } from "../../../src/transfer/reading/csv-records.ts";

const read = (text: string, delimiter = ",", length = text.length || 1) => {
  const pieces = text.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
  return [...csvRecords(pieces, { delimiter })];
};
const short = (text: string, delimiter?: string) =>
  read(text, delimiter).map(({ line, cells, fault }) => [line, ...(fault ? [fault] : cells)]);

test("a record has the line on which it starts, whatever the line ends are, and blank lines are nothing", () => {
  const lines = ["a,b", "1,2", "", '"x', 'y",3', " ", "4,"];
  for (const end of ["\n", "\r\n", "\r"]) {
    expect(short(lines.join(end))).toEqual([
      [1, "a", "b"],
      [2, "1", "2"],
      [4, `x${end}y`, "3"],
      [7, "4", ""],
    ]);
  }
  expect(short("a\r\nb\nc\rd")).toEqual([
    [1, "a"],
    [2, "b"],
    [3, "c"],
    [4, "d"],
  ]);
});

test.each([
  ['1,"open\n2,3', [[1, "open_quote"]]],
  [
    '"a"b,c\nd,e',
    [
      [1, "broken_quote"],
      [2, "d", "e"],
    ],
  ],
  ['5" nail,"x" ,y', [[1, '5" nail', "x", "y"]]],
])("%j has its fault where it starts", (text, records) => {
  expect(short(text)).toEqual(records);
});

test("a record of more than a mebibyte is a fault where it starts, and the last that is read", () => {
  const text = `a\n"${"x".repeat(2 ** 20 + 1)}"\nb`;
  const records = read(text, ",", 60_000).map(({ line, fault }) => [line, fault]);
  expect(records).toEqual([
    [1, undefined],
    [2, "too_long"],
  ]);
});

test("what was written as RFC 4180 has it is read again, in pieces of any length", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", ";", " ", "\u00e9") });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.integer({ min: 1, max: 7 }),
      (rows, end, delimiter, length) => {
        const text = rows.map((cells) => cells.map(quoted).join(delimiter)).join(end);
        expect(read(text, delimiter, length).map(({ cells }) => cells)).toEqual(rows);
      },
    ),
  );
});
