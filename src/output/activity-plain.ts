import type { ActivityFigures } from "../insights/activities.ts";
import type { Activities } from "./activity-lines.ts";
import { averageParts, isTooEarly, NEEDED_WORDS, needsWords, verdictParts } from "./activity-words.ts";
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
    ...(isTooEarly(comparison) && days > 0 ? [style.line(NEEDED_WORDS)] : []),
    ...shown.map(({ activity, daysWith, result }) =>
      style.line(
        verbatim(activity.label),
        `: ${daysWith} of ${counted(days, "day")}. ${plainResult(result, after)}`,
      ),
    ),
    ...shown
      .slice(0, 1)
      .filter(({ result }) => result.status === "compared")
      .map((one) => style.line(...averageParts(one, lag), ".")),
    ...(comparison.lookedAt > 0 ? [style.line(...verdictParts(comparison))] : []),
    ...together.map((labels) =>
      style.line(
        ...labels.flatMap((label, index) => [index === 0 ? "" : " and ", verbatim(label)]),
        " are always on the same days, so they cannot be separated.",
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
    return "On the same weekdays each week, so the two cannot be separated.";
  return `Mood ${levelWords(result.difference)}${after}, 95 percent interval ${rangeOf(result.interval)}, weekday-adjusted. An association; it can run either way.`;
}

/** "0.2 to 1.0 higher", "0.1 lower to 0.6 higher, which holds no difference". */
function rangeOf([low, high]: readonly [number, number]): string {
  if (low < 0 && high > 0) return `${levelWords(low)} to ${levelWords(high)}, which holds no difference`;
  return `${sizeWords(low)} to ${levelWords(high)}`;
}

/** "0.6 higher". */
function levelWords(difference: number): string {
  const size = sizeWords(difference);
  return size === "0.0" ? "no different" : `${size} ${difference < 0 ? "lower" : "higher"}`;
}

function sizeWords(difference: number): string {
  return signed(Math.abs(difference)).replace("+", "");
}
