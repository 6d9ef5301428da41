import { expect, test } from "vitest";
import { daysWithin } from "../../src/insights/day.ts";
import { changeBetweenSpans, summarise } from "../../src/insights/summary.ts";
import { weekdayPattern } from "../../src/insights/weekdays.ts";
import { type Stats, statsLines } from "../../src/output/stats-lines.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_YEAR, LAST_DAY } from "../helpers/insights/invented-year.ts";

function statsOf(days: number): Stats {
  const span = { from: LAST_DAY - days + 1, to: LAST_DAY };
  const within = daysWithin(INVENTED_YEAR, span);
  const before = daysWithin(INVENTED_YEAR, { from: span.from - days, to: span.from - 1 });
  return {
    span,
    summary: summarise(within, span),
    change: changeBetweenSpans(within, before),
    weekdays: weekdayPattern(within),
  };
}

test("figures are drawn at every width and in every look", async () => {
  await expectGolden("stats", (width, style) =>
    statsLines(statsOf(90), width, style, { weekStart: "monday" }),
  );
});

test("figures that need more days say how many", async () => {
  await expectGolden("stats-few", (width, style) =>
    statsLines(statsOf(10), width, style, { weekStart: "sunday" }),
  );
});

test("one entry has a mean, and an empty span has none", () => {
  const style = styleWith({ depth: "none", hasWeight: false });
  const span = { from: LAST_DAY, to: LAST_DAY };
  const one = daysWithin(INVENTED_YEAR, span);
  const lines = (days: typeof one) =>
    statsLines(
      { span, summary: summarise(days, span), change: null, weekdays: weekdayPattern(days) },
      80,
      style,
      { weekStart: "monday" },
    ).join("\n");
  expect(lines(one)).toContain("mean        4.0   median 4");
  expect(lines([])).toContain("entries     0 on 0 of 1 day (0 %)");
  expect(lines([])).not.toMatch(/mean {2}|NaN/);
});
