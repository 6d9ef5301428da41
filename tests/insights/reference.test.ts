import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compareActivities } from "../../src/insights/activities.ts";
import { qValues } from "../../src/insights/benjamini-hochberg.ts";
import { changePoints } from "../../src/insights/change-points.ts";
import type { Day } from "../../src/insights/day.ts";
import { groupDifferenceSteps } from "../../src/insights/group-differences.ts";
import { createRandom } from "../../src/insights/random.ts";
import { twoSidedP, twoSidedQuantile } from "../../src/insights/student.ts";
import { summarise } from "../../src/insights/summary.ts";
import { runningMeans, WEEK } from "../../src/insights/trend.ts";
import { weekdayPattern } from "../../src/insights/weekdays.ts";

/** Computed by make-reference.py, with Python's statistics and numpy. */
const reference = JSON.parse(readFileSync(new URL("reference/reference.json", import.meta.url), "utf8"));

const DAYS: Day[] = reference.days.map(
  ({ day, entries, run }: { day: number; entries: number[]; run: boolean }) => ({
    day,
    counts: [1, 2, 3, 4, 5].map((level) => entries.filter((entry) => entry === level).length),
    activities: run ? ["run"] : [],
  }),
);
const SPAN = { from: DAYS[0]!.day, to: DAYS[0]!.day + 69 };

test("the summary is that of Python's statistics and numpy", () => {
  const { centre, distribution, instability, days, entries } = summarise(DAYS, SPAN);
  const { mean, median, quartiles, pairs, mssd, acuteChanges, ...expected } = reference.summary;
  expect(centre!.mean).toBeCloseTo(mean, 12);
  expect(centre!.median).toBeCloseTo(median, 12);
  expect(centre!.quartiles[0]).toBeCloseTo(quartiles[0], 12);
  expect(centre!.quartiles[1]).toBeCloseTo(quartiles[1], 12);
  expect(distribution).toEqual(expected.distribution);
  expect(days).toBe(reference.days.length);
  expect(entries).toBe(reference.days.flatMap((day: { entries: number[] }) => day.entries).length);
  expect(instability).toMatchObject({ status: "known", pairs });
  if (instability.status !== "known") return;
  expect(instability.mssd).toBeCloseTo(mssd, 12);
  expect(instability.acuteChanges).toBeCloseTo(acuteChanges, 12);
});

test("Student's p and its quantile are those of the integrated density", () => {
  for (const { t, df, p } of reference.student) {
    expect(twoSidedP(t, df)).toBeCloseTo(p, 9);
    expect(twoSidedQuantile(p, df)).toBeCloseTo(t, 6);
  }
});

test("weekdays have the means and errors of Python's statistics", () => {
  const pattern = weekdayPattern(DAYS);
  if (pattern.status !== "compared") throw new Error("not compared");
  pattern.weekdays.forEach(({ days, mean, interval }, weekday) => {
    const expected = reference.weekdays[weekday];
    expect(days).toBe(expected.days);
    expect(mean).toBeCloseTo(expected.mean, 12);
    const half = twoSidedQuantile(0.05, days - 1) * expected.error;
    expect(interval![1] - interval![0]).toBeCloseTo(2 * half, 9);
  });
});

test("the difference of an activity is that of generalised least squares with the dense covariance", () => {
  const values = new Float64Array(70).fill(Number.NaN);
  const group = new Uint8Array(70);
  for (const { day, entries, run } of reference.days) {
    values[day - SPAN.from] = entries.reduce((sum: number, entry: number) => sum + entry, 0) / entries.length;
    group[day - SPAN.from] = run ? 1 : 0;
  }
  const steps = groupDifferenceSteps({ values, groups: [group] }, createRandom(1));
  let step = steps.next();
  while (!step.done) step = steps.next();
  const [found] = step.value;
  expect(found!.difference).toBeCloseTo(reference.group.difference, 9);
  // The error is that of the fit or a larger one of the bootstrap.
  expect(found!.error).toBeGreaterThanOrEqual(reference.group.modelError - 1e-9);
  const { result } = compareActivities(DAYS, [{ id: "run", label: "run", isArchived: false }]).figures[0]!;
  if (result.status !== "compared") throw new Error("not compared");
  const withRun = DAYS.filter(({ activities }) => activities.length > 0).length;
  const fewer = Math.min(withRun, DAYS.length - withRun);
  expect(result.difference).toBeCloseTo((reference.group.difference * fewer) / (fewer + 5), 9);
});

test("q values are those of the definition", () => {
  const { ps, qs } = reference.benjaminiHochberg;
  qValues(ps).forEach((q, index) => {
    expect(q).toBeCloseTo(qs[index], 12);
  });
});

test("7-day means are those of the days that are there, from four on", () => {
  const means = runningMeans(DAYS, SPAN, WEEK);
  reference.week.forEach((expected: number | null, at: number) => {
    if (expected === null) expect(means[at]).toBeNaN();
    else expect(means[at]).toBeCloseTo(expected, 9);
  });
});

test("the level changes where the ranks before and after differ most", () => {
  const lowered = DAYS.map((day, index) => (index < 30 ? day : { ...day, counts: lower(day.counts) }));
  const found = changePoints(lowered);
  if (found.status !== "searched") throw new Error("not searched");
  expect(found.points.map(({ day }) => day)).toEqual([DAYS[reference.split]!.day]);
  const [{ day, interval }] = found.points as [(typeof found.points)[number]];
  expect(interval[0]).toBeLessThanOrEqual(day);
  expect(interval[1]).toBeGreaterThanOrEqual(day);
});

/** Everything two levels down. */
function lower([one, two, three, four, five]: Day["counts"]): Day["counts"] {
  return [one + two + three, four, five, 0, 0];
}
