import { expect, test } from "vitest";
import { parseTimestamp } from "../../src/domain/time/timestamp.ts";
import { formatMoment } from "../../src/output/moment.ts";

test.each([
  ["2026-11-22T09:30:00+01:00", "Sun 22 Nov 09:30"],
  ["2026-11-22T23:30:00-10:00", "Sun 22 Nov 23:30"],
  ["2026-03-02T21:05:59Z", "Mon 2 Mar 21:05"],
  ["2025-12-31T23:59:00+01:00", "Wed 31 Dec 2025 23:59"],
  ["2027-01-01T00:00:00+14:00", "Fri 1 Jan 2027 00:00"],
])("%s is shown by its own clock as %s", (text, shown) => {
  expect(formatMoment(parseTimestamp(text)!, parseTimestamp("2026-11-22T10:00:00Z")!)).toBe(shown);
});
