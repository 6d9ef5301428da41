import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTimestamp, formatUtc, isUtc, parseTimestamp } from "../../../src/domain/time/timestamp.ts";

function canonical(text: string): string | null {
  const time = parseTimestamp(text);
  return time && formatTimestamp(time);
}

test.each([
  ["2026-03-02T21:00:00+01:00", "2026-03-02T21:00:00.000+01:00"],
  ["2026-03-02T21:00:00.1234567-03:30", "2026-03-02T21:00:00.123-03:30"],
  ["2026-03-02t21:00:00z", "2026-03-02T21:00:00.000Z"],
  ["2026-03-02T21:00:00-00:00", "2026-03-02T21:00:00.000Z"],
  ["2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00.000+14:00"],
])("%s is read as %s", (text, expected) => {
  expect(canonical(text)).toBe(expected);
});

const times = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 0, 1) });

test("exactly what formatUtc writes is a time in UTC", () => {
  const character = fc.constantFrom(..."0123456789TtZz.:+-");
  fc.assert(
    fc.property(times, fc.nat({ max: 24 }), character, fc.nat({ max: 1 }), (ms, at, other, replaced) => {
      const text = formatUtc(ms);
      expect(isUtc(text)).toBe(true);
      const changed = text.slice(0, at) + other + text.slice(at + replaced);
      const time = parseTimestamp(changed);
      expect([changed, isUtc(changed)]).toEqual([changed, time !== null && formatUtc(time.ms) === changed]);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "2026-03-02T21:00:00Z",
  "2026-03-02t21:00:00.000Z",
  "2026-03-02T21:00:00.000z",
  "2026-03-02T21:00:00.00Z",
  "2026-02-30T21:00:00.000Z",
  "2026-03-02T21:00:00.000+00:00",
])("%s is none that formatUtc writes", (text) => expect(isUtc(text)).toBe(false));

test.each([
  "now",
  "infinity",
  "2026-03-02",
  "2026-03-02T21:00:00",
  "2026-02-30T00:00:00Z",
  "2025-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-03-02T24:00:00Z",
  "2026-03-02T23:59:60Z",
  "2026-03-02T21:00:00+24:00",
  "0050-01-01T00:00:00Z",
  "2100-02-29T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "1899-12-31T23:59:59Z",
  "1900-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
  " 2026-03-02T21:00:00Z",
  "２026-03-02T21:00:00Z",
])("%s is refused", (text) => {
  expect(canonical(text)).toBeNull();
});

test("every instant and offset comes back as it was written", () => {
  const time = fc.record({
    ms: fc.integer({ min: Date.UTC(1900, 0, 3), max: Date.UTC(9999, 11, 29) }),
    offsetMinutes: fc.integer({ min: -1439, max: 1439 }),
  });
  fc.assert(
    fc.property(time, (given) => {
      expect(parseTimestamp(formatTimestamp(given))).toEqual(given);
    }),
  );
});
