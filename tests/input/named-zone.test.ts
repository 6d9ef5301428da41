import { expect, test } from "vitest";
import { namedZone } from "../../src/input/named-zone.ts";
import { zoneOf } from "../helpers/zone.ts";

test.each([
  "Europe/Berlin",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "UTC",
  "Africa/Casablanca",
])("%s has the offsets of the system's tables, also on the days of a change", (name) => {
  const [zone, expected] = [namedZone(name), zoneOf(name)];
  const start = Date.parse("2024-01-01T00:00:00Z");
  for (let ms = start; ms < start + 2 * 366 * 86_400_000; ms += 41 * 60_000 * 17) {
    expect([ms, zone(ms)]).toEqual([ms, expected(ms)]);
  }
});

test("a zone that there is not is refused", () => {
  expect(() => namedZone("Mars/Olympus")).toThrow("There is no such time zone.");
});
