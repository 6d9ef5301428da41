import { expect, test } from "vitest";
import { loadProduct } from "../load-simulation.ts";
import { hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";

test("plants at least 15 bugs, each under a name of its own", () => {
  expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
  expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(15);
});

test("refuses a patch that no longer fits its source", async () => {
  const patch = { file: "src/domain/versions/merge.ts", find: "no such line", replace: "" };
  await expect(loadProduct([patch])).rejects.toThrow("fits 0 times");
  await expect(loadProduct([{ ...patch, file: "src/domain/none.ts" }])).rejects.toThrow("no part of");
});

test.each(PLANTED_BUGS)("finds the planted bug: $name", async (bug) => {
  expect(await hunt(bug)).not.toBeNull();
});
