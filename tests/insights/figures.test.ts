import { describe, expect, test } from "vitest";
import { compareActivities } from "../../src/insights/activities.ts";
import { assessmentSeries } from "../../src/insights/assessments.ts";
import { changePoints } from "../../src/insights/change-points.ts";
import type { Day } from "../../src/insights/day.ts";
import { changeBetweenSpans, summarise } from "../../src/insights/summary.ts";
import { MONTH, runningMeans, WEEK } from "../../src/insights/trend.ts";
import { weekdayPattern } from "../../src/insights/weekdays.ts";
import { INVENTED_ACTIVITIES, INVENTED_YEAR } from "../helpers/insights/invented-year.ts";

/** A Thursday. */
const FIRST = 20_454;

function day(at: number, values: number | number[], activities: string[] = []): Day {
  const entries = [values].flat();
  const counts = [1, 2, 3, 4, 5].map((level) => entries.filter((value) => value === level).length);
  return { day: FIRST + at, counts: counts as unknown as Day["counts"], activities };
}

const row = (length: number, make: (at: number) => Day) => Array.from({ length }, (_, at) => make(at));
const named = (...labels: string[]) => labels.map((label) => ({ id: label, label, isArchived: false }));
const statusOf = (comparison: ReturnType<typeof compareActivities>) =>
  Object.fromEntries(comparison.figures.map(({ activity, result }) => [activity.label, result.status]));

describe("the same data", () => {
  test("gives the same figures, in whatever order activities are known", () => {
    const days = INVENTED_YEAR.slice(-90);
    const copy = structuredClone(days);
    const backwards = [...INVENTED_ACTIVITIES].reverse();
    expect(compareActivities(copy, backwards)).toEqual(compareActivities(days, INVENTED_ACTIVITIES));
    expect(weekdayPattern(copy)).toEqual(weekdayPattern(days));
    expect(changePoints(copy)).toEqual(changePoints(days));
  });
});

describe("a summary", () => {
  test("of nothing has no mean and no share", () => {
    const summary = summarise([], { from: FIRST, to: FIRST + 29 });
    expect(summary).toMatchObject({
      entries: 0,
      days: 0,
      coverage: 0,
      centre: null,
      distribution: [0, 0, 0, 0, 0],
    });
  });

  test("counts a day of 30 entries once, by their mean", () => {
    const busy = day(0, [...Array<number>(20).fill(5), ...Array<number>(10).fill(2)]);
    const summary = summarise([busy, day(1, 2)], { from: FIRST, to: FIRST + 1 });
    expect(summary.centre).toEqual({ mean: 3, median: 3, quartiles: [2.5, 3.5] });
    expect(summary.entries).toBe(31);
    expect(summary.distribution).toEqual([0, 11, 0, 0, 20]);
  });

  test("takes pairs of days in a row only, and says when they are too few", () => {
    const everyOther = row(60, (at) => day(2 * at, 1 + (at % 5)));
    expect(summarise(everyOther, { from: FIRST, to: FIRST + 118 }).instability).toEqual({
      status: "needs pairs",
      pairs: 0,
      needed: 20,
    });
    const alternating = row(21, (at) => day(at, at % 2 ? 4 : 2));
    expect(summarise(alternating, { from: FIRST, to: FIRST + 20 }).instability).toEqual({
      status: "known",
      pairs: 20,
      mssd: 4,
      acuteChanges: 1,
    });
  });

  test("compares with the time before from 14 days on either side, and cannot tell where 0 lies within", () => {
    const before = row(13, (at) => day(at, 3));
    const now = row(30, (at) => day(40 + at, 3));
    expect(changeBetweenSpans(now, before)).toMatchObject({ status: "needs days", daysBefore: 13 });
    const alike = row(30, (at) => day(at, 2 + (at % 3)));
    const later = row(30, (at) => day(40 + at, 2 + ((at + 1) % 3)));
    expect(changeBetweenSpans(later, alike)).toMatchObject({ status: "compared", cannotTell: true });
    const lower = row(30, (at) => day(40 + at, 1 + (at % 2)));
    expect(changeBetweenSpans(lower, alike)).toMatchObject({ status: "compared", cannotTell: false });
  });
});

describe("a running mean", () => {
  const span = { from: FIRST, to: FIRST + 59 };

  test("looks back on days before the span, and needs 4 of 7", () => {
    const before = [day(-3, 1), day(-2, 1), day(-1, 1)];
    const within = [day(0, 5), day(5, 3), day(20, 3), day(40, 3)];
    const means = runningMeans([...before, ...within], span, WEEK);
    expect(means[0]).toBe(2);
    expect(means[3]).toBe(2);
    expect(means[4]).toBeNaN();
  });

  test("needs 4 days within the span, however many are before it", () => {
    const days = row(10, (at) => day(at, 3));
    const last = (length: number) => ({ from: FIRST + 10 - length, to: FIRST + 9 });
    expect([...runningMeans(days, last(3), WEEK)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...runningMeans(days, last(4), WEEK)]).toEqual([3, 3, 3, 3]);
  });

  test("of a month breaks where 7 days in a row are empty, whatever the month holds", () => {
    const days = row(60, (at) => day(at, 3)).filter((_, at) => at < 40 || at > 46);
    const means = runningMeans(days, span, MONTH);
    expect(Array.from(means.slice(39, 48), Number.isNaN)).toEqual([false, ...Array(7).fill(true), false]);
  });
});

describe("weekdays", () => {
  test("wait for four weeks", () => {
    expect(weekdayPattern([])).toEqual({ status: "needs weeks", weeks: 0, needed: 4 });
    expect(weekdayPattern(row(27, (at) => day(at, 3)))).toMatchObject({ status: "needs weeks", weeks: 3 });
  });

  test("stand out where one is always low, and not where all are alike", () => {
    const sundaysLow = row(84, (at) => day(at, at % 7 === 3 ? 2 : 3 + (at % 2)));
    expect(weekdayPattern(sundaysLow)).toMatchObject({ status: "compared", standsOut: 6 });
    const flat = weekdayPattern(row(84, (at) => day(at, 3)));
    expect(flat).toMatchObject({ status: "compared", standsOut: null, p: 1 });
  });
});

describe("activities", () => {
  const coin = (at: number) => (at * 7919) % 10 < 4;

  test("need ten days on either side, and it is said how many more", () => {
    const days = row(40, (at) => day(at, 3 + (at % 2), at < 6 ? ["run", "always"] : ["always"]));
    const { figures, lookedAt } = compareActivities(days, named("run", "always", "never"));
    expect(lookedAt).toBe(0);
    expect(figures.map(({ activity, result }) => [activity.label, result])).toEqual([
      ["run", { status: "needs days", moreWith: 4, moreWithout: 0 }],
      ["always", { status: "needs days", moreWith: 0, moreWithout: 10 }],
    ]);
  });

  test("one that is named has its figures without a day, too", () => {
    const days = row(40, (at) => day(at, 3, at < 6 ? ["run"] : []));
    const { figures } = compareActivities(days, named("run", "never"), { namedId: "never" });
    expect(figures.map(({ activity, daysWith }) => [activity.label, daysWith])).toEqual([
      ["run", 6],
      ["never", 0],
    ]);
  });

  test("that are archived are compared by what they have, and nothing is waited for", () => {
    const days = row(60, (at) =>
      day(at, 3 + (at % 2), [...(coin(at) ? ["old"] : []), ...(at < 3 ? ["rare"] : [])]),
    );
    const archived = named("old", "rare").map((activity) => ({ ...activity, isArchived: true }));
    expect(statusOf(compareActivities(days, archived))).toEqual({ old: "compared" });
  });

  test("that are always on the same days are named together", () => {
    const days = row(60, (at) => day(at, 1 + (at % 5), coin(at) ? ["run", "shower"] : ["work"]));
    expect(compareActivities(days, named("run", "shower", "work")).together).toEqual([["run", "shower"]]);
  });

  test("that the weekday decides cannot be told from it", () => {
    const days = row(70, (at) => day(at, 1 + (at % 5), at % 7 < 3 ? ["office"] : []));
    expect(statusOf(compareActivities(days, named("office")))).toEqual({ office: "tied to weekdays" });
  });

  test("with a lag are those of the day before, where it has entries", () => {
    const days = row(90, (at) => day(at, at > 0 && coin(at - 1) ? 5 : 1 + (at % 3), coin(at) ? ["run"] : []));
    const [same] = compareActivities(days, named("run")).figures;
    const [next] = compareActivities(days, named("run"), { lag: 1 }).figures;
    expect(next!.result).toMatchObject({ status: "compared", meanWith: 5, standsOut: true });
    expect(same!.result).not.toMatchObject({ meanWith: 5 });
    const gappy = days.filter((_, at) => at % 2 === 0);
    expect(compareActivities(gappy, named("run"), { lag: 1 })).toMatchObject({ days: 0, figures: [] });
  });

  test("come in the order of the end of the interval that is nearest to 0", () => {
    const { figures } = compareActivities(INVENTED_YEAR, INVENTED_ACTIVITIES);
    const ends = figures.flatMap(({ result }) =>
      result.status === "compared" ? [result.difference >= 0 ? result.interval[0] : -result.interval[1]] : [],
    );
    expect(ends.length).toBeGreaterThan(3);
    expect(ends).toEqual([...ends].sort((a, b) => b - a));
  });
});

describe("change points", () => {
  test("wait for 28 days, and are none where all days are alike", () => {
    expect(changePoints(row(27, (at) => day(at, 3)))).toMatchObject({ status: "needs days", days: 27 });
    expect(changePoints(row(90, (at) => day(at, 3)))).toEqual({ status: "searched", points: [] });
  });

  test("are found across a gap, with the levels around them", () => {
    const days = row(120, (at) => day(at, (at < 60 ? 4 : 2) + (at % 2))).filter(
      ({ day: of }) => of < FIRST + 40 || of > FIRST + 49,
    );
    const found = changePoints(days);
    if (found.status !== "searched") throw new Error("not searched");
    expect(found.points).toMatchObject([{ day: FIRST + 60, before: 4.5, after: 2.5 }]);
  });

  test("of thirty years are looked for in weeks", () => {
    const days = row(3000, (at) => day(at, (at < 1400 ? 4 : 2) + (at % 2)));
    const found = changePoints(days);
    if (found.status !== "searched") throw new Error("not searched");
    expect(found.points).toMatchObject([{ day: FIRST + 1400 }]);
  });
});

describe("assessments", () => {
  const result = (id: string, at: number, answers: number[] | null, score = 0) => ({
    day: FIRST + at,
    entry: {
      id,
      assessment_type: "PHQ-9",
      score: answers ? answers.reduce((sum, answer) => sum + answer, 0) : score,
      severity: "",
      taken_at: new Date((FIRST + at) * 86_400_000).toISOString(),
      metadata: { created_at: "", updated_at: "", deleted_at: null },
      ...(answers ? { answers, instrument_version: "1" } : {}),
    },
  });
  const nine = (value: number) => Array<number>(9).fill(value);

  test("are told apart from the last and the first by the published figure, where both are complete", () => {
    const [series] = assessmentSeries(
      [result("b", 28, nine(1)), result("a", 0, nine(2)), result("c", 56, null, 12)],
      row(40, (at) => day(at, 4)),
    );
    const [first, second, third] = series!.results;
    expect(first).toMatchObject({ id: "a", sinceLast: null, band: "moderately severe" });
    expect(second).toMatchObject({ isImportant: true, sinceLast: { points: -9, verdict: "reliable" } });
    expect(third).toMatchObject({ isImportant: null, sinceLast: { points: 3, verdict: "not comparable" } });
    expect(third!.sinceFirst).toMatchObject({ points: -6, verdict: "not comparable" });
  });

  test("of another version keep the band that was stored, and their highest score is not known", () => {
    const taken = result("a", 0, nine(2));
    const other = { ...taken.entry, severity: "something else", instrument_version: "99" };
    const [series] = assessmentSeries([{ ...taken, entry: other }], []);
    expect(series!.results[0]).toMatchObject({ band: "something else", highestScore: null });
  });

  test("have the mood of their 14 days beside them, from 7 days on", () => {
    const [series] = assessmentSeries(
      [result("a", 6, nine(1)), result("b", 5, nine(1))],
      row(40, (at) => day(at, 4)),
    );
    expect(series!.results.map(({ moodBefore }) => moodBefore)).toEqual([
      { mean: null, days: 6 },
      { mean: 4, days: 7 },
    ]);
  });
});
