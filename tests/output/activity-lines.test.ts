import { expect, test } from "vitest";
import { compareActivities } from "../../src/insights/activities.ts";
import { type Day, daysWithin, weekdayOf } from "../../src/insights/day.ts";
import { type Activities, activityLines } from "../../src/output/activity-lines.ts";
import { activityBlock } from "../../src/output/report/activity-block.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_ACTIVITIES, INVENTED_YEAR, LAST_DAY } from "../helpers/insights/invented-year.ts";

function activitiesOf(days: number, options: Partial<Activities> = {}): Activities {
  const span = { from: LAST_DAY - days + 1, to: LAST_DAY };
  const { lag = 0, named: namedId = null } = options;
  const comparison = compareActivities(daysWithin(INVENTED_YEAR, span), INVENTED_ACTIVITIES, {
    lag,
    namedId,
  });
  return { span, comparison, lag, named: null, ...options };
}

test.each([
  ["a-year", activitiesOf(365)],
  ["90-days", activitiesOf(90)],
  ["few-days", activitiesOf(14)],
  ["the-day-after", activitiesOf(180, { lag: 1, named: "run" })],
])("activities of %s are drawn at every width and in every look", async (name, shown) => {
  await expectGolden(`activities-${name}`, (width, style) => activityLines(shown, width, style));
});

test("a label that is wide or hostile is cut and cannot act", async () => {
  const label = `${"夜".repeat(40)}\u001b[31m`;
  const days: Day[] = INVENTED_YEAR.slice(-90).map((day) => ({
    ...day,
    activities: day.activities.includes("run") ? ["x"] : [],
  }));
  const comparison = compareActivities(days, [{ id: "x", label, isArchived: false }]);
  await expectGolden("activities-wide-label", (width, style) =>
    activityLines(
      { span: { from: LAST_DAY - 89, to: LAST_DAY }, comparison, lag: 0, named: null },
      width,
      style,
    ),
  );
});

test("two that always go together are said to", () => {
  const days = INVENTED_YEAR.slice(-90).map((day) => ({
    ...day,
    activities: day.activities.includes("run") ? ["run", "shower"] : [],
  }));
  const comparison = compareActivities(
    days,
    ["run", "shower"].map((label) => ({ id: label, label, isArchived: false })),
  );
  const lines = activityLines(
    { span: { from: LAST_DAY - 89, to: LAST_DAY }, comparison, lag: 0, named: null },
    80,
    styleWith({ depth: "none", hasWeight: false }),
  );
  expect(lines.join("\n")).toContain("run and shower are always on the same days");
});

test("where all are tied to weekdays that is said, and not that days are missing", () => {
  const span = { from: LAST_DAY - 89, to: LAST_DAY };
  const days = daysWithin(INVENTED_YEAR, span).map((day) => ({
    ...day,
    activities: weekdayOf(day.day) < 3 ? ["office"] : [],
  }));
  const comparison = compareActivities(days, [{ id: "office", label: "office", isArchived: false }]);
  for (const style of [styleWith(), styleWith({ depth: "none", hasWeight: false, isPlain: true })]) {
    const text = activityLines({ span, comparison, lag: 0, named: "office" }, 80, style).join("\n");
    expect(text).toContain("the same weekdays each week");
    expect(text).not.toContain("days with it and");
    expect(text).not.toContain("Looked at");
  }
  const block = activityBlock(comparison, { id: "a", most: 5 }).markup;
  expect(block).toContain("None can be compared.");
  expect(block).not.toContain("Not enough days");
});

test("one that is named and waits has its sentence before anything is compared, too", () => {
  const shown = activitiesOf(14, { named: "run" });
  expect(activityLines(shown, 80, styleWith()).at(-1)).toContain("run: 0 of 11 days, needs");
});

test("what bold says is said in words where there is no bold", () => {
  const shown = activitiesOf(365);
  const bold = shown.comparison.figures.flatMap(({ activity, result }) =>
    result.status === "compared" && result.standsOut ? [activity.label] : [],
  );
  expect(bold.length).toBeGreaterThan(0);
  const verdict = `What stands out: ${bold.join(", ")}. Looked at ${shown.comparison.lookedAt}, corrected for that.`;
  const withoutBold = { depth: "none", hasWeight: false } as const;
  const pipe = activityLines(shown, Number.POSITIVE_INFINITY, styleWith(withoutBold)).join(" ");
  expect(pipe.replaceAll(/ +/g, " ")).toContain(verdict);
  expect(pipe).not.toContain("bold");
  const plain = activityLines(shown, 80, styleWith({ ...withoutBold, isPlain: true }));
  expect(plain).toContain(verdict);
  expect(plain.join("\n")).toMatch(
    /^On \d+ days with .+ your mood averaged \d\.\d, on \d+ days without \d\.\d\.$/m,
  );
});
