import { MoodsyncError } from "../domain/moodsync-error.ts";
import { findInstrument } from "./find-instrument.ts";
import type { ScoredAssessment } from "./score.ts";
import { scoreAnswers, scoreTotal } from "./score.ts";

/** The result of an assessment of which either the answers or the total are given. Answers need an instrument that
 *  is known here. Throws `usage` when it is neither or both, `invalid_input` as the scoring does. */
export function scoreResult(
  assessmentType: string,
  given: { answers?: readonly (number | null)[] | undefined; score?: number | undefined },
): ScoredAssessment {
  const instrument = findInstrument(assessmentType);
  if ((given.answers === undefined) === (given.score === undefined)) {
    throw new MoodsyncError("usage", "Give either --answers or --score.", {
      hint: "--answers 0,1,2,… has one answer for each item; --score is a total from elsewhere.",
    });
  }
  if (given.score !== undefined) return scoreTotal(instrument, given.score);
  if (instrument) return scoreAnswers(instrument, given.answers!);
  throw new MoodsyncError(
    "invalid_input",
    "Answers cannot be scored, because this assessment is not known here.",
    {
      hint: "Use --score for an assessment of your own.",
    },
  );
}
