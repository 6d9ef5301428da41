import { expect, test } from "vitest";
import { type Day, daysWithin } from "../../src/insights/day.ts";
import { calendarLines } from "../../src/output/calendar-lines.ts";
import { pixelsLines } from "../../src/output/pixels-lines.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_YEAR, LAST_DAY } from "../helpers/insights/invented-year.ts";

const dayOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const NO_COLOUR = styleWith({ depth: "none", hasWeight: false });

test("a year of days is drawn at every width and in every look", async () => {
  const span = { from: dayOf("2025-12-01"), to: LAST_DAY };
  const days = daysWithin(INVENTED_YEAR, span);
  await expectGolden("pixels", (width, style) => pixelsLines({ span, days }, width, style));
});

test("a month is drawn at every width and in every look", async () => {
  const span = { from: dayOf("2026-10-01"), to: dayOf("2026-10-31") };
  const shown = {
    month: span,
    span,
    days: daysWithin(INVENTED_YEAR, span),
    activities: [
      { label: "work", days: 14 },
      { label: "run", days: 9 },
      { label: "friends", days: 8 },
      { label: "garden", days: 1 },
    ],
  };
  await expectGolden("calendar", (width, style) =>
    calendarLines(shown, width, style, { weekStart: "monday" }),
  );
  await expectGolden("calendar-from-sunday", (width, style) =>
    calendarLines(shown, width, style, { weekStart: "sunday" }),
  );
});

test("29 February has its place, and days that are still to come have no sign", () => {
  const leap: Day = { day: dayOf("2028-02-29"), counts: [0, 0, 0, 0, 1], activities: [] };
  const year = pixelsLines(
    { span: { from: dayOf("2028-01-01"), to: dayOf("2028-03-02") }, days: [leap] },
    60,
    NO_COLOUR,
  );
  expect(year[4]).toBe("  Feb ····························5    5.0   1/29");
  expect(year[5]).toMatch(/^ {2}Mar ·· +· +0\/2$/);
  const month = { from: dayOf("2028-02-01"), to: dayOf("2028-02-29") };
  const lines = calendarLines({ month, span: month, days: [leap], activities: [] }, 40, NO_COLOUR, {
    weekStart: "monday",
  });
  expect(lines.join("\n")).toMatch(/ 29█5$/m);
});
