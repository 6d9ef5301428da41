import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { formatTimestamp } from "../../src/domain/time/timestamp.ts";
import { parseWhen } from "../../src/input/when.ts";
import { zoneOf } from "../helpers/zone.ts";

const NOW = "2026-11-22T09:30:00+01:00"; // a Sunday
const berlin = zoneOf("Europe/Berlin");

async function when(text: string, { now = NOW, future = false } = {}): Promise<string> {
  const time = await parseWhen(text, { nowMs: Date.parse(now), zone: berlin, future });
  return formatTimestamp(time).replace(/(:00)?\.000/, "");
}

async function refusal(text: string, options: { now?: string; future?: boolean } = {}) {
  return when(text, options).then(
    (time) => `accepted as ${time}`,
    (error) => `${error.code}: ${error.message}`,
  );
}

test.each([
  ["2026-03-02T21:00:00+01:00", "2026-03-02T21:00+01:00"],
  ["2026-03-02T21:00:00Z", "2026-03-02T21:00Z"],
  ["2026-03-02T21:00-03:30", "2026-03-02T21:00-03:30"],
  ["2026-03-02 21:00", "2026-03-02T21:00+01:00"],
  ["2026-07-02 21:00", "2026-07-02T21:00+02:00"],
  ["2026-07-02t21:00:05", "2026-07-02T21:00:05+02:00"],
  [" 2026-07-02 ", "2026-07-02T12:00+02:00"],
  ["2026-11-22", "2026-11-22T09:30+01:00"],
])("the written time %s is %s", async (text, expected) => {
  expect(await when(text)).toBe(expected);
});

test("the minutes of a clock time that come twice are the first of the two", async () => {
  expect(await when("2026-10-25 02:30")).toBe("2026-10-25T02:30+02:00");
});

test.each([
  ["yesterday 9pm", "2026-11-21T21:00+01:00"],
  ["Yesterday at 9pm", "2026-11-21T21:00+01:00"],
  ["9pm yesterday", "2026-11-21T21:00+01:00"],
  ["yesterday", "2026-11-21T12:00+01:00"],
  ["today", "2026-11-22T09:30+01:00"],
  ["now", "2026-11-22T09:30+01:00"],
  ["last monday", "2026-11-16T12:00+01:00"],
  ["monday", "2026-11-16T12:00+01:00"],
  ["monday 10:15", "2026-11-16T10:15+01:00"],
  ["9am", "2026-11-22T09:00+01:00"],
  ["11pm", "2026-11-21T23:00+01:00"],
  ["at 9:33", "2026-11-22T09:33+01:00"],
  ["this morning", "2026-11-22T06:00+01:00"],
  ["last night", "2026-11-21T20:00+01:00"],
  ["last night at 11pm", "2026-11-21T23:00+01:00"],
  ["midnight", "2026-11-22T00:00+01:00"],
  ["yesterday evening", "2026-11-21T20:00+01:00"],
  ["2 hours ago", "2026-11-22T07:30+01:00"],
  ["half an hour ago", "2026-11-22T09:00+01:00"],
  ["2 days ago", "2026-11-20T12:00+01:00"],
  ["3 days ago at 8pm", "2026-11-19T20:00+01:00"],
  ["2 march", "2026-03-02T12:00+01:00"],
  ["24 dec 18:00", "2025-12-24T18:00+01:00"],
  ["2 march 2012 at 8am", "2012-03-02T08:00+01:00"],
  ["2026-03-02 9pm", "2026-03-02T21:00+01:00"],
  ["2h", "2026-11-22T07:30+01:00"],
  ["90m", "2026-11-22T08:00+01:00"],
  ["1h 30m", "2026-11-22T08:00+01:00"],
  ["7d", "2026-11-15T12:00+01:00"],
  ["31.12.2025", "2025-12-31T12:00+01:00"],
  ["31.12.25", "2025-12-31T12:00+01:00"],
  ["1.2.2026", "2026-02-01T12:00+01:00"],
  ["20.11.2026 21:00", "2026-11-20T21:00+01:00"],
  ["20.11.2026, 21.00", "2026-11-20T21:00+01:00"],
  ["24.11. 20:00", "2025-11-24T20:00+01:00"],
  ["20.11. 20:00", "2026-11-20T20:00+01:00"],
  ["20.11.", "2026-11-20T12:00+01:00"],
  ["24.11", "2025-11-24T12:00+01:00"],
  ["9.11 20:00", "2026-11-09T20:00+01:00"],
  ["22.11.", "2026-11-22T09:30+01:00"],
  ["12/31/2025", "2025-12-31T12:00+01:00"],
  ["31/12/2025 at 8pm", "2025-12-31T20:00+01:00"],
  ["12/31", "2025-12-31T12:00+01:00"],
  ["5/5/2026", "2026-05-05T12:00+02:00"],
  ["20251231", "2025-12-31T12:00+01:00"],
  ["20251231 20:00", "2025-12-31T20:00+01:00"],
  ["2025/12/31", "2025-12-31T12:00+01:00"],
  ["2026-1-5", "2026-01-05T12:00+01:00"],
  ["9.30", "2026-11-22T09:30+01:00"],
  ["at 9.30", "2026-11-22T09:30+01:00"],
  ["21.35", "2026-11-21T21:35+01:00"],
  ["9.5", "2026-05-09T12:00+02:00"],
  ["Sun 22 Nov 09:30", "2026-11-22T09:30+01:00"],
])("the words %j mean %s", async (text, expected) => {
  expect(await when(text)).toBe(expected);
});

test("hours ago are counted over a change of the clocks", async () => {
  expect(await when("3 hours ago", { now: "2026-10-25T04:00:00+01:00" })).toBe("2026-10-25T02:00+02:00");
});

test.each([
  ["last night at midnight", "2026-11-22T00:00+01:00"],
  ["last night at 12", "2026-11-22T00:00+01:00"],
  ["last night at 12am", "2026-11-22T00:00+01:00"],
  ["last night at 00:30", "2026-11-22T00:30+01:00"],
  ["last night at 1am", "2026-11-22T01:00+01:00"],
  ["last night 1am", "2026-11-22T01:00+01:00"],
  ["1am last night", "2026-11-22T01:00+01:00"],
  ["last night at 2", "2026-11-22T02:00+01:00"],
  ["last night at 11", "2026-11-21T23:00+01:00"],
  ["yesterday night at 11:30 pm", "2026-11-21T23:30+01:00"],
  ["friday night at 1am", "2026-11-21T01:00+01:00"],
  ["sunday night at 1am", "2026-11-16T01:00+01:00"],
])("a night goes on after midnight: %j is %s", async (text, expected) => {
  expect(await when(text)).toBe(expected);
});

test("in the small hours last night at 1am has been, be it an hour ago or a day", async () => {
  expect(await when("last night at 1am", { now: "2026-11-22T02:00:00+01:00" })).toBe(
    "2026-11-22T01:00+01:00",
  );
  expect(await when("last night at 1am", { now: "2026-11-22T00:30:00+01:00" })).toBe(
    "2026-11-21T01:00+01:00",
  );
});

test.each([
  ["2027-03-31T14:00:00+02:00", "1 month ago", "2027-02-28T12:00+01:00"],
  ["2027-03-31T14:00:00+02:00", "last month", "2027-02-28T12:00+01:00"],
  ["2027-03-29T14:00:00+02:00", "a month ago at 9am", "2027-02-28T09:00+01:00"],
  ["2028-03-31T14:00:00+02:00", "last month at 21:00", "2028-02-29T21:00+01:00"],
  ["2027-03-31T14:00:00+02:00", "1 month and 2 days ago", "2027-02-26T12:00+01:00"],
  ["2027-12-31T14:00:00+01:00", "3 months ago", "2027-09-30T12:00+02:00"],
  ["2028-02-29T14:00:00+01:00", "1 year ago", "2027-02-28T12:00+01:00"],
  ["2028-02-29T14:00:00+01:00", "last year", "2027-02-28T12:00+01:00"],
])("on %s %j is in the month before: %s", async (now, text, expected) => {
  expect(await when(text, { now })).toBe(expected);
});

test.each([
  ["this evening", "2026-11-22T18:30:00+01:00"],
  ["tonight", "2026-11-22T19:00:00+01:00"],
  ["this afternoon", "2026-11-22T13:00:00+01:00"],
  ["this morning", "2026-11-22T05:00:00+01:00"],
  ["evening", "2026-11-22T18:30:00+01:00"],
])("%j at %s is now, because it has begun", async (text, now) => {
  expect(await when(text, { now })).toBe(now.replace(":00+", "+"));
});

test.each([
  ["2026-11-22T01:30:00+01:00", "tonight", "2026-11-22T01:30+01:00"],
  ["2026-11-22T01:30:00+01:00", "tonight at 11pm", "2026-11-21T23:00+01:00"],
  ["2026-11-22T01:30:00+01:00", "tonight at 1am", "2026-11-22T01:00+01:00"],
  ["2026-11-22T01:30:00+01:00", "this evening", "2026-11-21T20:00+01:00"],
  ["2026-11-22T05:59:00+01:00", "this night", "2026-11-22T05:59+01:00"],
  ["2026-11-22T23:30:00+01:00", "tonight at 11pm", "2026-11-22T23:00+01:00"],
  ["2026-11-22T17:30:00+01:00", "this evening", "2026-11-22T17:30+01:00"],
])("at %s %j is %s, in the night one is in", async (now, text, expected) => {
  expect(await when(text, { now })).toBe(expected);
});

test.each([
  ["3/4/2026", "3 April 2026 or 4 March 2026", '"2026-04-03" or "2026-03-04"'],
  ["03-04-2026", "3 April 2026 or 4 March 2026", '"2026-04-03" or "2026-03-04"'],
  ["3/4", "3 April or 4 March", '"3 apr" or "4 mar"'],
  ["3/4/2026 9pm", "3 April 2026 or 4 March 2026", '"2026-04-03" or "2026-03-04"'],
  ["9.11", "09:11 or 9 November", '"09:11" or "9 nov"'],
])("%j has two meanings, so it is refused with both", async (text, meanings, instead) => {
  const error = await parseWhen(text, { nowMs: Date.parse(NOW), zone: berlin }).catch((e) => e);
  expect(error).toMatchObject({
    code: "invalid_input",
    message: `"${text}" can mean ${meanings}.`,
    hint: `Write ${instead}.`,
  });
});

test("what each reading of two is written as has one meaning", async () => {
  for (const text of ["09:11", "9 nov", "3 apr", "4 mar"]) expect(await when(text)).toMatch(/^2026/);
});

test.each([
  "last night at noon",
  "last night at 10am",
  "last night at 15:00",
  "yesterday evening at 1am",
  "this morning at 9pm",
  "yesterday at midnight",
  "saturday midnight",
  "this week",
  "half a month ago",
  "2 hours ago at 9am",
  "9pm 2 months ago",
])("%j is unclear, so it is refused", async (text) => {
  expect(await refusal(text)).toBe(`invalid_input: "${text}" was not understood as a time.`);
});

describe.each(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"])(
  "over a year in %s",
  (timeZone) => {
    let given: string | undefined;
    beforeAll(() => {
      given = process.env.TZ;
      process.env.TZ = timeZone; // chrono-node counts by the zone of the process
    });
    afterAll(() => {
      process.env.TZ = given;
    });

    /** Moments 31 hours apart, and every 20 minutes around each change of the clocks. */
    function moments(): number[] {
      const start = Date.parse("2026-01-01T00:07:00Z");
      const hours = Array.from({ length: 365 * 24 }, (_, hour) => start + hour * HOUR_MS);
      const offset = (ms: number) => new Date(ms).getTimezoneOffset();
      const changes = hours.filter((ms) => offset(ms) !== offset(ms + HOUR_MS));
      const around = changes.flatMap((ms) =>
        Array.from({ length: 90 }, (_, step) => ms + (step - 9) * (HOUR_MS / 3)),
      );
      return [...hours.filter((_, hour) => hour % 31 === 0), ...around];
    }

    test("what is said as past is never in the future", async () => {
      const words = `now; today; yesterday; yesterday 9pm; last night; last night at midnight; last night at 1am;
      last night at 12; last night at 11pm; yesterday evening; this morning; this afternoon; this evening; tonight;
      monday; last monday; sunday night; friday night at 1am; 1 month ago; last month; last week; last year;
      2 days ago; 3 days ago at 8pm; 1 hour ago; 90 minutes ago; midnight; 24 dec 18:00; 2h; 7d; 9.30; 21:05; 11pm;
      tonight at 1am; tonight at 11pm; this night; 24.11. 20:00; 3.1.; 12/31; 30.6.2025; 28.2. 23:59`;
      for (const nowMs of moments()) {
        for (const text of words.split(";").map((word) => word.trim())) {
          const time = await parseWhen(text, { nowMs }).catch((error) => {
            expect(error.code).toBe("invalid_input");
            return null;
          });
          const isNear = /\d([.:]\d\d|[ap]m)$/.test(text) && time && time.ms <= nowMs + 5 * 60_000; // clocks differ
          if (time && time.ms > nowMs && !isNear) expect.fail(`${text} at ${new Date(nowMs).toISOString()}`);
        }
      }
    });

    test.each([
      ["1h ago", 1],
      ["90 minutes ago", 1.5],
      ["1 hour 30 minutes ago", 1.5],
      ["half an hour ago", 0.5],
      ["24 hours ago", 24],
      ["2h", 2],
      ["1h 30m", 1.5],
    ])("%j is %d hours of real time ago", async (text, hours) => {
      for (const nowMs of moments())
        expect((await parseWhen(text, { nowMs })).ms).toBe(nowMs - hours * HOUR_MS);
    });
  },
);

test.each([
  ["tomorrow 9am", "2026-11-23T09:00+01:00"],
  ["monday", "2026-11-23T12:00+01:00"],
  ["9am", "2026-11-23T09:00+01:00"],
  ["in 2 weeks", "2026-12-06T12:00+01:00"],
  ["next month", "2026-12-22T12:00+01:00"],
  ["in 2 hours", "2026-11-22T11:30+01:00"],
  ["tonight at 1am", "2026-11-23T01:00+01:00"],
  ["2027-01-31", "2027-01-31T12:00+01:00"],
  ["2 march", "2027-03-02T12:00+01:00"],
  ["7d", "2026-11-29T12:00+01:00"],
  ["2.3.", "2027-03-02T12:00+01:00"],
  ["22.11.", "2026-11-22T09:30+01:00"],
  ["8.15", "2026-11-23T08:15+01:00"],
])("where the future is wanted, %j is %s", async (text, expected) => {
  expect(await when(text, { future: true })).toBe(expected);
});

test("five minutes ahead is allowed, and a second more is not", async () => {
  expect(await when("2026-11-22T09:35:00+01:00")).toBe("2026-11-22T09:35+01:00");
  expect(await refusal("2026-11-22T09:35:01+01:00")).toContain("in the future,");
});

test.each(["tomorrow", "next monday", "2026-11-22 23:00", "2027-01-01", "in 2 hours", "tonight"])(
  "%j is refused, because it lies in the future",
  async (text) => {
    expect(await refusal(text)).toBe(
      `invalid_input: "${text}" lies in the future, and only what has happened can be recorded.`,
    );
  },
);

test.each([
  ...["2026-02-30", "2026-02-30 21:00", "2026-02-30T21:00:00Z", "2026-13-01", "2026-03-02 24:00"],
  ...["2026-02-30 9pm", "2026-13-01 9pm", "20261301", "31.4.2026", "30.2.", "13/13/2026", "29.2.2026"],
])("%j is refused, because it does not exist", async (text) => {
  expect(await refusal(text)).toMatch(/does not exist/);
});

test("a clock time that is skipped when the clocks go forward is refused", async () => {
  expect(await refusal("2026-03-29 02:30")).toMatch(/clocks were put forward/);
  expect(await refusal("29 march 2026 2:30am")).toMatch(/clocks were put forward/);
});

test.each([
  "",
  "soon",
  "yesterday 9pm or so",
  "yesterday 25:00",
  "30 february",
  "feb 30 2026",
  "31 april 2025",
  "monday to friday",
  "9pm yesterday and today",
  "november",
  "nov 2020",
  "mon 22 nov 2026",
  "9",
  "2026",
  "٢٠٢٦-٠٣-٠٢",
  "29 february",
])("%j is refused as not understood", async (text) => {
  expect(await refusal(text)).toBe(`invalid_input: "${text}" was not understood as a time.`);
});

test.each(["1899-12-31", "1 jan 1850", "9999-12-31T23:59:59-01:00"])(
  "the year of %j is refused",
  async (text) => {
    expect(await refusal(text, { future: true })).toMatch(/1900 to 9999/);
  },
);

test("a 29 February of the coming year is not taken for 1 March of the last", async () => {
  expect(await refusal("29 feb", { now: "2028-01-10T09:00:00+01:00" })).toMatch(/not understood/);
});

test.each([
  ["soon", "yesterday 9pm"],
  ["9pm yesterday or so", "yesterday 9pm"],
  ["2 hourz", "2 hours ago"],
  ["2026-3-4-5", "2026-03-02"],
  ["2026-03-02 25:00", "2026-03-02 21:00"],
])("a refusal of %j repeats it, with one example that fits: %s", async (text, example) => {
  const error = await parseWhen(text, { nowMs: Date.parse(NOW), zone: berlin }).catch((e) => e);
  expect(error.message).toContain(`"${text}"`);
  expect(error.hint).toBe(`Write it like "${example}".`);
});

test("a refusal repeats no more than a time has room for", async () => {
  const error = await parseWhen("x".repeat(1_000_000), { nowMs: Date.parse(NOW) }).catch((e) => e);
  expect(error.message.length).toBeLessThan(120);
});

test("a clock time that was skipped is refused with the one that clocks showed", async () => {
  const error = await parseWhen("2026-03-29 02:30", { nowMs: Date.parse(NOW), zone: berlin }).catch((e) => e);
  expect(error.hint).toBe('Write it like "2026-03-29 03:30".');
});

test("without a zone that of the process is used", async () => {
  const noon = new Date(2026, 5, 1, 12, 0).getTime();
  const time = await parseWhen("2026-06-01 12:00", { nowMs: Date.parse(NOW) });
  expect(time).toEqual({ ms: noon, offsetMinutes: 0 - new Date(noon).getTimezoneOffset() });
});
