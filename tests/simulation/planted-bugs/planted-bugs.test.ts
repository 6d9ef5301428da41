import { expect, it } from "vitest";
import { loadClients } from "../clients.ts";
import { hunt } from "./hunt.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";

it("plants at least 15 bugs, each under a name of its own", () => {
  expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
  expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(15);
});

it("refuses a patch that no longer fits its source", async () => {
  const patch = { file: "src/domain/versions/merge.ts", find: "no such line", replace: "" };
  await expect(loadClients([patch])).rejects.toThrow("fits 0 times");
  await expect(loadClients([{ ...patch, file: "src/domain/none.ts" }])).rejects.toThrow("no part of");
});

it.each(PLANTED_BUGS)("finds the planted bug: $name", async (bug) => {
  expect(await hunt(bug)).not.toBeNull();
});
