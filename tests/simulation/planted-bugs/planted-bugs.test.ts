import { expect, test } from "vitest";
import { loadProduct } from "../load-simulation.ts";
import { hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";

/** Where the hunt for a rarely noticed bug begins, so that it ends soon; `npm run simulate -- --planted` begins at 1. */
const FIRST_SEEDS = new Map([
  ["an expired cursor deletes pending rows", 4100],
  ["the tag of an envelope not checked", 39300],
  ["a founding that merges what was replaced before", 830_039_200],
  ["`seen` forgotten", 2930],
  ["an expired cursor believed in a sealed account", 42000],
  ["an expired cursor's full download not marked", 1690],
  ["a merge's base found by its time alone", 1480],
  ["the purge horizon of a full download forgotten", 360],
  ["a resync forgets the tombstones", 780],
  ["no read repair", 620],
  ["a version that was replaced is merged again", 500],
  ["what this device replaced itself counts as a defeat", 350],
  ["a row sent, unanswered, edited and sent as new", 500],
  ["a sent version is not kept when its row is edited", 500],
  ["what stands now is sent in place of what was sent", 500],
  ["ids that a full download delivers not marked", 120],
]);

test("plants at least 15 bugs, each under a name of its own", () => {
  expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
  expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(15);
  expect(PLANTED_BUGS.map(({ name }) => name)).toEqual(expect.arrayContaining([...FIRST_SEEDS.keys()]));
});

test("refuses a patch that no longer fits its source", async () => {
  const patch = { file: "src/domain/versions/merge.ts", find: "no such line", replace: "" };
  await expect(loadProduct([patch])).rejects.toThrow("fits 0 times");
  await expect(loadProduct([{ ...patch, file: "src/domain/none.ts" }])).rejects.toThrow("no part of");
});

test.each(PLANTED_BUGS)("finds the planted bug: $name", async (bug) => {
  expect(await hunt(bug, FIRST_SEEDS.get(bug.name))).not.toBeNull();
});
