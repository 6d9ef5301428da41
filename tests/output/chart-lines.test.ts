import { expect, test } from "vitest";
import { changePoints } from "../../src/insights/change-points.ts";
import { type Day, daysWithin } from "../../src/insights/day.ts";
import { summarise } from "../../src/insights/summary.ts";
import { runningMeans, windowFor } from "../../src/insights/trend.ts";
import { weekdayPattern } from "../../src/insights/weekdays.ts";
import { chartLines, type Trend } from "../../src/output/chart-lines.ts";
import { displayWidth } from "../../src/output/display-width.ts";
import type { TerminalStyle } from "../../src/output/terminal-style.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_YEAR, LAST_DAY } from "../helpers/insights/invented-year.ts";

function trendOf(from: number, to: number, days: readonly Day[] = INVENTED_YEAR): Trend {
  const span = { from, to };
  const within = daysWithin(days, span);
  const found = changePoints(within);
  const window = windowFor(span);
  return {
    span,
    days: within,
    summary: summarise(within, span),
    window,
    means: runningMeans(days, span, window),
    changes: found.status === "searched" ? found.points : [],
  };
}

/** The chart in a week from Monday on. */
function draw(trend: Trend, columns: number, style: TerminalStyle): string[] {
  const weekdays = () => weekdayPattern(trend.days);
  return chartLines(trend, columns, style, { weekStart: "monday", weekdays });
}

test.each([
  ["30-days", 30],
  ["90-days", 90],
  ["a-year", 365],
])("a chart of %s is drawn at every width and in every look", async (name, days) => {
  const trend = trendOf(LAST_DAY - days + 1, LAST_DAY);
  await expectGolden(`chart-${name}`, (width, style) => draw(trend, width, style));
});

test("a chart in blocks has no dots of braille", () => {
  const lines = draw(trendOf(LAST_DAY - 89, LAST_DAY), 80, styleWith({ alphabet: "blocks" })).join("\n");
  expect(lines).toMatch(/[▀▄]/);
  expect(lines).not.toMatch(/[\u2800-\u28ff]/);
});

test("a chart of three days has no line, whatever is before them", () => {
  const lines = draw(trendOf(LAST_DAY - 2, LAST_DAY), 80, styleWith()).join("\n");
  expect(lines).toContain("4 days with entries make a line; there are 3.");
  expect(lines).not.toMatch(/[\u2800-\u28ff]/);
});

test("a long chart in plain words has a line a month, with its year", () => {
  const words = draw(
    trendOf(LAST_DAY - 364, LAST_DAY),
    80,
    styleWith({ isPlain: true, hasWeight: false, depth: "none" }),
  );
  expect(words[1]).toMatch(/^November 2025: mean \d\.\d, \d of 5 days\.$/);
  expect(words.filter((line) => /^\w+ 202[56]: /.test(line))).toHaveLength(13);
  expect(words.join("\n")).not.toContain("Week from");
});

test("a chart of one day, of 29 February and of thirty years fits", () => {
  const leapDay = Date.UTC(2028, 1, 29) / 86_400_000;
  const one = (day: number): Day => ({ day, counts: [0, 0, 1, 0, 0], activities: [] });
  const years = Array.from({ length: 10_957 }, (_, at) => one(LAST_DAY - at)).reverse();
  const style = styleWith({ depth: "none", hasWeight: false });
  const trends = [trendOf(leapDay, leapDay, [one(leapDay)]), trendOf(LAST_DAY - 10_956, LAST_DAY, years)];
  for (const width of [40, 80]) {
    const lines = trends.flatMap((trend) => draw(trend, width, style));
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
  }
  const words = draw(
    trendOf(leapDay, leapDay, [one(leapDay)]),
    80,
    styleWith({ isPlain: true, hasWeight: false, depth: "none" }),
  );
  expect(words).toContain("Mood, 29 February 2028: mean 3.0 on 1 of 1 day.");
  expect(words).toContain("4 days with entries make a line; there is 1.");
});

test("the weekdays stand beside the chart from 116 columns on, and never in a pipe", () => {
  const style = styleWith({ depth: "none", hasWeight: false });
  const trend = trendOf(LAST_DAY - 89, LAST_DAY);
  const at = (columns: number) => draw(trend, columns, style);
  expect(at(115).join("\n")).not.toContain("By weekday");
  const wide = at(116);
  expect(wide[3]).toMatch(/ {2}By weekday {5}3 {4}4 {4}5$/);
  expect(wide.findIndex((line) => / Sun \d\.\d .+ 1\d$/.test(line))).toBe(10);
  expect(at(Number.POSITIVE_INFINITY).slice(3)).toEqual(at(80).slice(3));
});
