import fc from "fast-check";
import { expect, test } from "vitest";
import { standingActivities } from "../../../src/domain/entities/standing-activity.ts";

const ends = (merges: Record<string, string | undefined>) =>
  Object.fromEntries(
    [
      ...standingActivities(
        Object.entries(merges).map(([id, merged_into]) => ({ id, ...into(merged_into) })),
      ),
    ].map(([id, end]) => [id, end.id]),
  );
const into = (merged_into: string | undefined) => (merged_into === undefined ? {} : { merged_into });

test.each([
  ["nothing merged", { a: undefined, b: undefined }, { a: "a", b: "b" }],
  ["a way of several", { a: "b", b: "c", c: undefined }, { a: "c", b: "c", c: "c" }],
  ["an id that is not known", { a: "b", b: "x" }, { a: "b", b: "b" }],
  ["itself", { a: "a" }, { a: "a" }],
  ["a circle", { c: "b", b: "c" }, { b: "b", c: "b" }],
  ["a way into a circle", { a: "d", d: "c", c: "d", x: "a" }, { a: "c", d: "c", c: "c", x: "c" }],
])("%s", (_, merges, expected) => {
  expect(ends(merges)).toEqual(expected);
});

test("whatever was merged into what, all that lead to each other end at one, which ends at itself", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const merges = fc.record(
    Object.fromEntries(ids.map((id) => [id, fc.constantFrom(undefined, "x", ...ids)])),
  );
  fc.assert(
    fc.property(merges, (given) => {
      const end = ends(given);
      for (const id of ids) {
        const next = given[id];
        if (next !== undefined && next !== "x") expect(end[id]).toBe(end[next]);
        expect(end[end[id]!]).toBe(end[id]);
      }
    }),
  );
});

test("a long way takes no longer than its length", () => {
  const long = Array.from({ length: 200_000 }, (_, at) => ({ id: `${at}`, merged_into: `${at + 1}` }));
  expect(standingActivities(long).get("0")?.id).toBe("199999");
});
