import { SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { AssessmentResult, AssessmentSeries } from "../insights/assessments.ts";
import { datePartsOf, dayWords } from "./day-words.ts";
import { oneDecimal } from "./number-words.ts";
import { type Line, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** A result a line, the newest first. */
export function plainAssessmentLines(
  { type, results }: AssessmentSeries,
  style: TerminalStyle,
  { rows, year }: { rows: number; year: number },
): Line[] {
  return [...results]
    .reverse()
    .slice(0, rows)
    .map((result) => {
      const index = results.indexOf(result);
      const max = result.highestScore === null ? "" : ` of ${result.highestScore}`;
      const band = result.band === "" ? "" : `, ${result.band}`;
      const scoring = result.isScoredAsPhq8 ? `, ${SCORED_AS_PHQ8}` : "";
      const date = `${dayWords(result.day, { isLong: true })} ${datePartsOf(result.day).year}`;
      const mood =
        result.moodBefore.mean === null ? "" : ` Mood of the 14 days before: ${moodWords(result)}.`;
      return style.line(
        verbatim(type),
        ` on ${date}: ${result.score}${max}${band}${scoring}.${plainChange(result.sinceLast, results[index - 1], year)}${index > 1 ? plainChange(result.sinceFirst, results[0], year) : ""}${mood}`,
      );
    });
}

/** " 2 less than on 11 November, no reliable change." */
function plainChange(
  change: AssessmentResult["sinceLast"],
  other: AssessmentResult | undefined,
  year: number,
): string {
  if (!change || !other) return "";
  const size = Math.abs(change.points);
  const than = change.points === 0 ? "The same as" : `${size} ${change.points < 0 ? "less" : "more"} than`;
  const verdict = {
    reliable: ", a reliable change",
    "not reliable": ", no reliable change",
    "not comparable": ", not comparable",
    "no figure": "",
  }[change.verdict];
  return ` ${than} on ${dayWords(other.day, { year, isLong: true })}${verdict}.`;
}

/** "3.3 on 11 days". */
export function moodWords({ moodBefore }: AssessmentResult): string {
  return moodBefore.mean === null ? "" : `${oneDecimal(moodBefore.mean)} on ${moodBefore.days} days`;
}
