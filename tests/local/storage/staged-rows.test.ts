import { expect, test } from "vitest";
import { openStagedRows } from "../../../src/local/storage/staged-rows.ts";

test.each([{ areSmall: true }, { areSmall: false }])(
  "rows come in their order, numbered among those of their key and group, repeated ones known: %o",
  (options) => {
    const rows = openStagedRows<string>(options);
    for (const [key, group] of [
      ["a", 0],
      ["b", 0],
      ["a", 0],
      ["a", 1],
      ["a", 1],
      ["a", 1],
      ["c", null],
      ["c", null],
    ] as const)
      rows.add({ key, group, content: `${key}${group}` });
    const listed = () =>
      [...rows.list()].map(({ key, number, isRepeated }) => `${key}${number}${isRepeated ? "!" : ""}`);
    expect(listed()).toEqual(["a1", "b1", "a2", "a1!", "a2!", "a3", "c1", "c1!"]);
    expect(listed()).toHaveLength(8);
    expect([...rows.list()][3]!.content).toBe("a1");
    rows.close();
  },
);

test("more rows than stay in memory come back in the same way", () => {
  const rows = openStagedRows<number>({ areSmall: true });
  for (let index = 0; index < 25_002; index++) {
    rows.add({ key: `${index % 2 === 0 ? "even" : index}`, group: 0, content: index });
  }
  const listed = [...rows.list()];
  expect(listed.length).toBe(25_002);
  expect(listed[25_000]).toEqual({ key: "even", number: 12_501, isRepeated: false, content: 25_000 });
  rows.close();
});
