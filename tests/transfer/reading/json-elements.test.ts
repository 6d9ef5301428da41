import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonElements } from "../../../src/transfer/reading/json-elements.ts";

function* piecesOf(text: string, length: number): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

test("the elements of lists and the scalars come out as JSON.parse has them, in pieces of any length", () => {
  fc.assert(
    fc.property(
      fc.record({
        version: fc.integer(),
        format: fc.string(),
        entities: fc.record({
          mood_entries: fc.array(fc.jsonValue(), { maxLength: 5 }),
          'odd \\" key': fc.array(fc.jsonValue(), { maxLength: 2 }),
        }),
        history: fc.array(fc.jsonValue(), { maxLength: 3 }),
      }),
      fc.constantFrom(undefined, 2),
      fc.integer({ min: 1, max: 40 }),
      (value, indent, length) => {
        const found = [...jsonElements(piecesOf(JSON.stringify(value, null, indent), length))];
        const wanted = [
          { path: ["version"], value: value.version },
          { path: ["format"], value: value.format },
          ...Object.entries(value.entities).flatMap(([list, elements]) =>
            elements.map((element) => ({ path: ["entities", list], value: element })),
          ),
          ...value.history.map((element) => ({ path: ["history"], value: element })),
        ];
        expect(found).toEqual(JSON.parse(JSON.stringify(wanted)));
      },
    ),
  );
});

test.each([
  '{"entities":{"mood_entries":[{"a":1}',
  '{"entities":{"mood_entries":[{"a":1}]}',
  '{"entities":{"mood_entries":[{"a":tru}]}}',
  '{"entities":[}',
  "",
])("%j is damaged", (text) => {
  expect(() => [...jsonElements(piecesOf(text, 5))]).toThrow("The file is damaged");
});

test("one element of more than a mebibyte is refused before it is held", () => {
  function* endless(): Generator<Buffer> {
    yield Buffer.from('{"history":["');
    for (;;) yield Buffer.alloc(65_536, 0x61);
  }
  expect(() => [...jsonElements(endless())]).toThrow("longer than 1 MiB");
});
