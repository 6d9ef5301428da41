import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FREQUENCIES } from "../../../src/domain/entities/frequency.ts";
import { DAY_MS } from "../../../src/domain/time/durations.ts";
import type { Recurrence } from "../../../src/domain/time/occurrence.ts";
import { dueAfterTaking, occurrenceAfter } from "../../../src/domain/time/occurrence.ts";
import { formatTimestamp, parseTimestamp } from "../../../src/domain/time/timestamp.ts";
import { wallTimeAt } from "../../../src/domain/time/wall-time.ts";
import { zoneOf } from "../../helpers/zone.ts";

const berlin = zoneOf("Europe/Berlin");

function recurrence(anchor: string, frequency: Recurrence["frequency"], zone = berlin): Recurrence {
  return { anchor: parseTimestamp(anchor)!, frequency, zone };
}

function show(ms: number, zone = berlin): string {
  return formatTimestamp({ ms, offsetMinutes: zone(ms) }).replace(":00.000", "");
}

function firstAfter(given: Recurrence, after: string, count: number): string[] {
  const found = [];
  let ms = Date.parse(after);
  for (let n = 0; n < count; n++) {
    ms = occurrenceAfter(given, ms);
    found.push(show(ms, given.zone));
  }
  return found;
}

test("monthly from 31 January is 28 February, then 31 March", () => {
  expect(firstAfter(recurrence("2027-01-31T12:00:00+01:00", "Monthly"), "2027-01-30T00:00:00Z", 4)).toEqual([
    "2027-01-31T12:00+01:00",
    "2027-02-28T12:00+01:00",
    "2027-03-31T12:00+02:00",
    "2027-04-30T12:00+02:00",
  ]);
});

test("monthly from 29 February of a leap year keeps the 29th", () => {
  expect(
    firstAfter(
      recurrence("2028-02-29T08:00:00Z", "Monthly", () => 0),
      "2029-01-30T00:00:00Z",
      2,
    ),
  ).toEqual(["2029-02-28T08:00Z", "2029-03-29T08:00Z"]);
});

test("the clock time stays when the offset changes, and one that is skipped moves on with the clocks", () => {
  expect(firstAfter(recurrence("2026-03-27T02:30:00+01:00", "Daily"), "2026-03-27T12:00:00Z", 3)).toEqual([
    "2026-03-28T02:30+01:00",
    "2026-03-29T03:30+02:00",
    "2026-03-30T02:30+02:00",
  ]);
});

test("an occurrence is strictly after the instant", () => {
  const weekly = recurrence("2026-11-22T09:00:00+01:00", "Weekly");
  expect(firstAfter(weekly, "2026-11-22T08:00:00Z", 1)).toEqual(["2026-11-29T09:00+01:00"]);
  expect(firstAfter(weekly, "2026-11-22T07:59:59.999Z", 1)).toEqual(["2026-11-22T09:00+01:00"]);
});

describe("for any schedule and instant", () => {
  const anyRecurrence = fc.record({
    anchor: fc.record({
      ms: fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
      offsetMinutes: fc.constantFrom(0, 60, 120, -210, 345),
    }),
    frequency: fc.constantFrom(...FREQUENCIES),
    zone: fc.constantFrom(berlin, () => 0, zoneOf("America/St_Johns"), zoneOf("Pacific/Auckland")),
  });
  const anyInstant = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2060, 0, 1) });
  const longestDays = { Daily: 1, Weekly: 7, Biweekly: 14, Monthly: 31 };

  test("the next occurrence is after it, none lies between, and it has the anchor's clock time", () => {
    fc.assert(
      fc.property(anyRecurrence, anyInstant, (given, instant) => {
        const next = occurrenceAfter(given, instant);
        expect(next).toBeGreaterThan(instant);
        // Asked again from just before the answer, the answer is the same: nothing was left out in between.
        expect(occurrenceAfter(given, next - 1)).toBe(next);
        expect(next - Math.max(instant, given.anchor.ms - DAY_MS)).toBeLessThanOrEqual(
          (longestDays[given.frequency] + 1) * DAY_MS,
        );
        const anchorClock = (given.anchor.ms + given.anchor.offsetMinutes * 60_000) % DAY_MS;
        const clock = wallTimeAt(next, given.zone) % DAY_MS;
        expect([anchorClock, anchorClock + 3_600_000]).toContain(clock);
      }),
    );
  });

  test("taking an assessment never moves the due date back, and moves it past what was taken when it was due", () => {
    fc.assert(
      fc.property(anyRecurrence, anyInstant, anyInstant, (given, from, takenMs) => {
        const dueMs = occurrenceAfter(given, from);
        const next = dueAfterTaking(given, dueMs, takenMs);
        expect(next).toBeGreaterThanOrEqual(dueMs);
        if (takenMs >= dueMs) {
          expect(next).toBe(occurrenceAfter(given, takenMs));
        }
      }),
    );
  });
});

describe("an assessment that is due on Sunday 22 November at 09:00", () => {
  const due = "2026-11-22T09:00:00+01:00";
  test.each([
    ["Weekly", "2026-11-22T09:00:00+01:00", "2026-11-29T09:00+01:00"],
    ["Weekly", "2026-11-25T20:00:00+01:00", "2026-11-29T09:00+01:00"],
    ["Weekly", "2026-12-30T20:00:00+01:00", "2027-01-03T09:00+01:00"],
    ["Weekly", "2026-11-21T20:00:00+01:00", "2026-11-29T09:00+01:00"],
    ["Weekly", "2026-11-19T20:00:00+01:00", "2026-11-22T09:00+01:00"],
    ["Weekly", "2020-01-01T20:00:00+01:00", "2026-11-22T09:00+01:00"],
    ["Daily", "2026-11-22T04:00:00+01:00", "2026-11-23T09:00+01:00"],
    ["Daily", "2026-11-21T22:00:00+01:00", "2026-11-22T09:00+01:00"],
    ["Biweekly", "2026-11-18T10:00:00+01:00", "2026-12-06T09:00+01:00"],
    ["Monthly", "2026-11-16T10:00:00+01:00", "2026-12-22T09:00+01:00"],
    ["Monthly", "2026-11-10T10:00:00+01:00", "2026-11-22T09:00+01:00"],
  ] as const)("%s, taken at %s, is next due at %s", (frequency, taken, expected) => {
    const given = recurrence(due, frequency);
    expect(show(dueAfterTaking(given, Date.parse(due), Date.parse(taken)))).toBe(expected);
  });
});
