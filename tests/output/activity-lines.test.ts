import { expect, test } from "vitest";
import { compareActivities } from "../../src/insights/activities.ts";
import { type Day, daysWithin } from "../../src/insights/day.ts";
import { type Activities, activityLines } from "../../src/output/activity-lines.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_ACTIVITIES, INVENTED_YEAR, LAST_DAY } from "../helpers/insights/invented-year.ts";

function activitiesOf(days: number, options: Partial<Activities> = {}): Activities {
  const span = { from: LAST_DAY - days + 1, to: LAST_DAY };
  const lag = options.lag ?? 0;
  const comparison = compareActivities(daysWithin(INVENTED_YEAR, span), INVENTED_ACTIVITIES, lag);
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
