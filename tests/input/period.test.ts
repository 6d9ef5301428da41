import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/domain/time/durations.ts";
import { type DayOptions, parsePeriod } from "../../src/input/period.ts";
import { parseTimeBound } from "../../src/input/time-bound.ts";
import { zoneOf } from "../helpers/zone.ts";

const OPTIONS: DayOptions = {
  nowMs: Date.parse("2026-11-25T18:00:00+01:00"), // a Wednesday
  zone: zoneOf("Europe/Berlin"),
  dayStartMs: 4 * HOUR_MS,
  weekStart: "monday",
};
const dateOf = (day: number | null) =>
  day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);

async function period(text: string, options: Partial<DayOptions> = {}) {
  const { from, to } = await parsePeriod(text, { ...OPTIONS, ...options });
  return [dateOf(from), dateOf(to)];
}

test.each([
  ["today", "2026-11-25", "2026-11-25"],
  ["Yesterday", "2026-11-24", "2026-11-24"],
  ["week", "2026-11-23", "2026-11-29"],
  ["this week", "2026-11-23", "2026-11-29"],
  ["lastweek", "2026-11-16", "2026-11-22"],
  ["last week", "2026-11-16", "2026-11-22"],
  ["month", "2026-11-01", "2026-11-30"],
  ["last month", "2026-10-01", "2026-10-31"],
  ["previous month", "2026-10-01", "2026-10-31"],
  ["quarter", "2026-10-01", "2026-12-31"],
  ["last quarter", "2026-07-01", "2026-09-30"],
  ["year", "2026-01-01", "2026-12-31"],
  ["lastyear", "2025-01-01", "2025-12-31"],
  ["2026-03", "2026-03-01", "2026-03-31"],
  ["2024-02", "2024-02-01", "2024-02-29"],
  ["2026", "2026-01-01", "2026-12-31"],
  ["march", "2026-03-01", "2026-03-31"],
  ["Dec", "2025-12-01", "2025-12-31"],
  ["march 2024", "2024-03-01", "2024-03-31"],
  ["30d", "2026-10-27", "2026-11-25"],
  ["last 30 days", "2026-10-27", "2026-11-25"],
  ["1d", "2026-11-25", "2026-11-25"],
  ["2w", "2026-11-12", "2026-11-25"],
  ["1y", "2025-11-26", "2026-11-25"],
  ["6mo", "2026-05-26", "2026-11-25"],
  ["2026-03-02", "2026-03-02", "2026-03-02"],
  ["monday", "2026-11-23", "2026-11-23"],
  ["2 days ago", "2026-11-23", "2026-11-23"],
  ["2026-03-01..2026-03-14", "2026-03-01", "2026-03-14"],
  ["2026-03 .. 2026-05", "2026-03-01", "2026-05-31"],
  ["lastmonth..yesterday", "2026-10-01", "2026-11-24"],
])("the period %j is %s to %s", async (text, from, to) => {
  expect(await period(text)).toEqual([from, to]);
});

test("a period may be open on one side, or on both", async () => {
  expect(await period("2026-03..")).toEqual(["2026-03-01", null]);
  expect(await period("..2026-03")).toEqual([null, "2026-03-31"]);
  expect(await period("all")).toEqual([null, null]);
});

test("a week begins on the day of the setting", async () => {
  expect(await period("week", { weekStart: "sunday" })).toEqual(["2026-11-22", "2026-11-28"]);
  const sunday = { nowMs: Date.parse("2026-11-22T12:00:00+01:00") };
  expect(await period("week", { ...sunday, weekStart: "sunday" })).toEqual(["2026-11-22", "2026-11-28"]);
  expect(await period("week", sunday)).toEqual(["2026-11-16", "2026-11-22"]);
});

test("before the day begins it is still yesterday, for every word", async () => {
  const night = { nowMs: Date.parse("2026-12-01T03:59:00+01:00") };
  expect(await period("today", night)).toEqual(["2026-11-30", "2026-11-30"]);
  expect(await period("month", night)).toEqual(["2026-11-01", "2026-11-30"]);
  expect(await period("2 days ago", night)).toEqual(["2026-11-28", "2026-11-28"]);
  expect(await period("monday", night)).toEqual(["2026-11-30", "2026-11-30"]);
  expect(await period("today", { ...night, dayStartMs: 0 })).toEqual(["2026-12-01", "2026-12-01"]);
});

test("a month back from a long month ends in the shorter one", async () => {
  expect(await period("1mo", { nowMs: Date.parse("2027-03-31T14:00:00+02:00") })).toEqual([
    "2027-03-01",
    "2027-03-31",
  ]);
});

test.each([
  "soon",
  "2026-13",
  "1899",
  "2026-03-01..2026-03-02..",
  "..",
  "",
  "2 hours ago",
  "yesterday 9pm",
  "99999y",
])("%j is no period, and the refusal repeats it", async (text) => {
  const error = await parsePeriod(text, OPTIONS).catch((e) => e);
  expect(error.code).toBe("invalid_input");
  expect(error.message).toContain(`"${text}"`);
});

test("a period that ends before it begins is refused with the one that was meant", async () => {
  const error = await parsePeriod("2026-05..2026-03", OPTIONS).catch((e) => e);
  expect(`${error.message} ${error.hint}`).toContain("`2026-03..2026-05`");
});

describe("a bound", () => {
  const bound = async (text: string, end: "since" | "until") => {
    const found = await parseTimeBound(text, end, OPTIONS);
    return found && `${found.by} ${new Date(found.ms).toISOString().slice(0, 16)}`;
  };

  test.each([
    ["last month", "local clock 2026-10-01T04:00", "local clock 2026-11-01T03:59"],
    ["this week", "local clock 2026-11-23T04:00", "local clock 2026-11-30T03:59"],
    ["2026-03-02", "local clock 2026-03-02T04:00", "local clock 2026-03-03T03:59"],
    ["7 days ago", "local clock 2026-11-18T04:00", "local clock 2026-11-19T03:59"],
    ["yesterday 9pm", "instant 2026-11-24T20:00", "instant 2026-11-24T20:00"],
    ["2 hours ago", "instant 2026-11-25T15:00", "instant 2026-11-25T15:00"],
  ])("%j begins at %s and ends at %s", async (text, since, until) => {
    expect([await bound(text, "since"), await bound(text, "until")]).toEqual([since, until]);
  });

  test("of 7d as an end lies before 7d as a beginning", async () => {
    expect(await bound("7d", "since")).toBe("local clock 2026-11-19T04:00");
    expect(await bound("7d", "until")).toBe("local clock 2026-11-19T03:59");
  });

  test("all is none", async () => {
    expect([await bound("all", "since"), await bound("all", "until")]).toEqual([null, null]);
  });
});
