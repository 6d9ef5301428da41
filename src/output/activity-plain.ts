import { type ActivityFigures, DAYS_NEEDED } from "../insights/activities.ts";
import type { Activities } from "./activity-lines.ts";
import { needsWords } from "./activity-words.ts";
import { rangeWords } from "./day-words.ts";
import { counted, signed } from "./number-words.ts";
import { type Line, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** The comparison as a fact a line. */
export function plainActivityLines(
  { span, comparison, lag, named }: Activities,
  style: TerminalStyle,
): Line[] {
  const { figures, days, together } = comparison;
  const after = lag === 1 ? " on the day after it" : " with it";
  const shown = named === null ? figures : figures.filter(({ activity }) => activity.id === named);
  return [
    style.line(
      `${lag === 0 ? "What goes with your days" : "What goes with the day after"}, ${rangeWords(span, true)}: ${counted(days, "day")} with entries.`,
    ),
    ...(comparison.lookedAt === 0 && days > 0
      ? [
          style.line(
            `An activity is compared once there are ${DAYS_NEEDED} days with it and ${DAYS_NEEDED} without.`,
          ),
        ]
      : []),
    ...shown.map(({ activity, daysWith, result }) =>
      style.line(
        verbatim(activity.label),
        `: ${daysWith} of ${counted(days, "day")}. ${plainResult(result, after)}`,
      ),
    ),
    ...together.map((labels) =>
      style.line(
        ...labels.flatMap((label, index) => [index === 0 ? "" : " and ", verbatim(label)]),
        " are always on the same days, so they cannot be told apart.",
      ),
    ),
  ];
}

function plainResult(result: ActivityFigures["result"], after: string): string {
  if (result.status === "needs days") {
    const words = needsWords(result);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  }
  if (result.status === "tied to weekdays")
    return "On the same weekdays each week, so the two cannot be told apart.";
  const [low, high] = result.interval.map(levelWords) as [string, string];
  const range =
    result.interval[0] < 0 && result.interval[1] > 0
      ? `${low} to ${high}, which holds no difference`
      : `${low} to ${high}`;
  return `Mood ${levelWords(result.difference)}${after}, 95 percent interval ${range}, weekday-adjusted. An association; it can run either way.`;
}

/** "0.6 higher". */
function levelWords(difference: number): string {
  const size = signed(Math.abs(difference)).replace("+", "");
  return size === "0.0" ? "no different" : `${size} ${difference < 0 ? "lower" : "higher"}`;
}
