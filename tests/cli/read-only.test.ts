import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createDevice } from "../helpers/device/device.ts";

const READING = [
  ["list"],
  ["list", "--json"],
  ["due"],
  ["today"],
  ["export"],
  ["activity", "list"],
  ["schedule", "list"],
  ["sync", "status"],
  ["sync", "conflicts"],
  ["daemon", "status"],
  ["config", "list"],
  ["help-now"],
];

test.each(READING)("%s %s makes nothing in an empty home", async (...args) => {
  const device = createDevice();
  expect(await device.run(args)).toMatchObject({ code: 0, stderr: "" });
  expect(readdirSync(device.home)).toEqual([]);
  expect((await device.run(["show", "@last"])).code).toBe(3);
  expect(readdirSync(device.home)).toEqual([]);
});
