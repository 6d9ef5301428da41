import { type ActivityComparison, type ActivityFigures, DAYS_NEEDED } from "../insights/activities.ts";
import { counted, oneDecimal } from "./number-words.ts";
import { type Part, verbatim } from "./terminal-style.ts";

/** When an activity is compared. */
export const NEEDED_WORDS = `An activity is compared once there are ${DAYS_NEEDED} days with it and ${DAYS_NEEDED} without.`;

/** What the screen shows before that. */
export const UNTIL_THEN = "Until then: 1 the trend, 2 the year.";

/** Said of an activity whose days the weekday alone tells. */
export const TIED = "tied to weekdays";

/** Whether days are all that is missing: nothing is compared, and nothing is tied to weekdays. */
export function isTooEarly({ figures }: ActivityComparison): boolean {
  return figures.every(({ result }) => result.status === "needs days");
}

/** "On 19 days with friends your mood averaged 3.6, on 63 days without 3.0"; nothing where it is not compared. */
export function averageParts(
  { activity, daysWith, daysWithout, result }: ActivityFigures,
  lag: 0 | 1,
): Part[] {
  if (result.status !== "compared") return [];
  const after = lag === 1 ? "after one " : "";
  return [
    `On ${counted(daysWith, "day")} ${after}with `,
    verbatim(activity.label),
    ` your mood averaged ${oneDecimal(result.meanWith)}, on ${counted(daysWithout, "day")} ${after}without ${oneDecimal(result.meanWithout)}`,
  ];
}

/** What bold says, where there is none: "What stands out: friends, run. Looked at 6, corrected for that." */
export function verdictParts({ figures, lookedAt }: ActivityComparison): Part[] {
  const labels = figures.flatMap(({ activity, result }) =>
    result.status === "compared" && result.standsOut ? [activity.label] : [],
  );
  const found: Part[] =
    labels.length === 0
      ? ["Nothing stands out"]
      : [
          "What stands out: ",
          ...labels.flatMap((label, index) => [index === 0 ? "" : ", ", verbatim(label)]),
        ];
  return [...found, `. Looked at ${lookedAt}, corrected for that.`];
}

/** "needs 2 more days", with them unless it says without. */
export function needsWords({ moreWith, moreWithout }: { moreWith: number; moreWithout: number }): string {
  const needs = moreWith > 0 ? [`needs ${counted(moreWith, "more day")}`] : [];
  const without = moreWithout > 0 ? [`needs ${counted(moreWithout, "more day")} without`] : [];
  return [...needs, ...without]
    .join(", ")
    .replace(", needs", " and")
    .replace(/^needs (\d+) more days? and/, "needs $1 more with and");
}
