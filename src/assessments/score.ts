import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Instrument } from "./instrument.ts";
import { severityOf } from "./instrument.ts";

/** What is stored of a taken assessment beside its type and time. */
export interface ScoredAssessment {
  score: number;
  severity: string;
  answers?: (number | null)[];
  source: "answered" | "score-only";
  instrument_version?: string;
}

/** Said of a PHQ-9 whose last item was left out. */
export const SCORED_AS_PHQ8 = "item 9 not answered, scored as PHQ-8";

/** Scores a full set of answers; the severity is always derived by the published cut-offs. An answer out of range
 *  or a missing one is refused, never clamped or replaced.
 *  "Prefer not to answer" (null) is possible for the safety item of the PHQ-9 alone. The total is then that of the
 *  other eight items, which is the PHQ-8, whose bands have the same names and limits; the type stays PHQ-9, and the
 *  null among the answers says that the score is one of the PHQ-8 (`isScoredAsPhq8`). Throws `invalid_input`. */
export function scoreAnswers(instrument: Instrument, answers: readonly (number | null)[]): ScoredAssessment {
  const { name, items, safetyItems, version } = instrument;
  if (!items) {
    throw refusal(`${name} is recorded by its total score, without the single answers.`, "Use --score.");
  }
  const { count, min, max } = items;
  const range = `${count} answers, each a whole number from ${min} to ${max}`;
  if (answers.length !== count) {
    throw refusal(
      `${name} has ${range}; another number of answers was given.`,
      "Give one answer for each item, separated by commas.",
    );
  }
  for (const [index, answer] of answers.entries()) {
    if (answer === null ? !safetyItems.includes(index + 1) : !isWithin(answer, min, max)) {
      const leftOut = answer === null ? "this item cannot be left out" : `it must be from ${min} to ${max}`;
      throw refusal(`Answer ${index + 1} of ${name} is not valid: ${leftOut}.`, `${name} has ${range}.`);
    }
  }
  const score = answers.reduce<number>((sum, answer) => sum + (answer ?? 0), 0);
  return {
    score,
    severity: severityOf(instrument, score),
    answers: [...answers],
    source: "answered",
    instrument_version: version,
  };
}

/** Checks a total that was obtained elsewhere. Without an instrument (a type of the person's own) any whole number
 *  is taken and no severity is derived. Throws `invalid_input`. */
export function scoreTotal(instrument: Instrument | undefined, score: number): ScoredAssessment {
  if (!instrument) return { score, severity: "", source: "score-only" };
  const { min, max, step = 1, note } = instrument.score;
  if (!isWithin(score, min, max) || (score - min) % step !== 0) {
    const steps = step === 1 ? "" : ` in steps of ${step}`;
    throw refusal(`The score of ${instrument.name} must be from ${min} to ${max}${steps}.`, note);
  }
  return {
    score,
    severity: severityOf(instrument, score),
    source: "score-only",
    instrument_version: instrument.version,
  };
}

/** Whether a stored PHQ-9 holds the score of its first eight items only. */
export function isScoredAsPhq8(entry: { assessment_type: string; answers?: (number | null)[] }): boolean {
  return entry.assessment_type === "PHQ-9" && entry.answers?.[8] === null;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function refusal(message: string, hint: string | undefined): MoodsyncError {
  return new MoodsyncError("invalid_input", message, hint === undefined ? {} : { hint });
}
