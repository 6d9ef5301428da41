import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../../src/domain/time/durations.ts";
import { dayStartOf, localDay, wallTimesOfDay } from "../../../src/domain/time/local-day.ts";
import { parseTimestamp } from "../../../src/domain/time/timestamp.ts";

const dayOf = (timestamp: string, dayStartMs: number) =>
  new Date(localDay(parseTimestamp(timestamp)!, dayStartMs) * DAY_MS).toISOString().slice(0, 10);

test.each([
  ["2026-11-26T03:59:59.999+01:00", 4 * HOUR_MS, "2026-11-25"],
  ["2026-11-26T04:00:00+01:00", 4 * HOUR_MS, "2026-11-26"],
  ["2026-11-26T03:00:00+01:00", 0, "2026-11-26"],
  ["2026-11-26T00:00:00-11:00", 0, "2026-11-26"],
  ["1969-12-31T12:00:00+05:45", 4 * HOUR_MS, "1969-12-31"],
])("%s is of the day that its own clock shows, which begins at %d ms: %s", (timestamp, start, day) => {
  expect(dayOf(timestamp, start)).toBe(day);
});

test("a day's first and last moment are on it, and their neighbours are not", () => {
  const { first, last } = wallTimesOfDay(20_000, 4 * HOUR_MS);
  const dayAt = (ms: number) => localDay({ ms, offsetMinutes: 0 }, 4 * HOUR_MS);
  expect([first - 1, first, last, last + 1].map(dayAt)).toEqual([19_999, 20_000, 20_000, 20_001]);
});

test("a day's start is a clock time", () => {
  expect(dayStartOf("04:30")).toBe(4.5 * HOUR_MS);
  for (const text of ["4", "4:00", "24:00", "12:60", "x"]) expect(dayStartOf(text)).toBeNull();
});
