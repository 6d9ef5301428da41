import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Instrument, Questions } from "./instrument.ts";
import { severityOf } from "./instrument.ts";
import { PHQ_8 } from "./instruments/phq8.ts";

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

/** Scores a full set of answers, each the value beside the option that was chosen; the severity is always derived by the
 *  published cut-offs. An answer that no option has, or a missing one, is refused, never clamped or replaced.
 *  Null stands for an item that may be left without a value and counts 0. For the safety item of the PHQ-9 that is
 *  "prefer not to answer": the total is then that of the other eight items, which is the PHQ-8, whose bands have the
 *  same names and limits; the type stays PHQ-9, and the null among the answers says that the score is one of the PHQ-8
 *  (`isScoredAsPhq8`). Throws `invalid_input`. */
export function scoreAnswers(instrument: Instrument, answers: readonly (number | null)[]): ScoredAssessment {
  const { name, questions, version } = instrument;
  if (!questions) {
    throw refusal(`${name} is recorded by its total score, without the single answers.`, "Use --score.");
  }
  const { min, max } = valueRange(questions);
  const count = questions.items.length;
  const range = `${count} answers, each a whole number from ${min} to ${max}`;
  if (answers.length !== count) {
    throw refusal(
      `${name} has ${range}; another number of answers was given.`,
      "Give one answer for each item, separated by commas.",
    );
  }
  for (const [index, answer] of answers.entries()) {
    if (answer === null ? !questions.items[index]!.skip : !isWithin(answer, min, max)) {
      const leftOut = answer === null ? "this item cannot be left out" : `it must be from ${min} to ${max}`;
      throw refusal(`Answer ${index + 1} of ${name} is not valid: ${leftOut}.`, `${name} has ${range}.`);
    }
  }
  const score = answers.reduce<number>((sum, answer, index) => sum + pointsOf(questions, index, answer), 0);
  return {
    score,
    severity: severityOf(instrument, score),
    answers: [...answers],
    source: "answered",
    instrument_version: version,
  };
}

/** Lowest and highest value of the options. */
export function valueRange({ options }: Questions): { min: number; max: number } {
  const values = options.map(({ value }) => value);
  return { min: Math.min(...values), max: Math.max(...values) };
}

/** What an answer adds to the total; `index` is that of the item, from 0. */
export function pointsOf(questions: Questions, index: number, answer: number | null): number {
  if (answer === null) return 0;
  const { min, max } = valueRange(questions);
  return questions.reversed.includes(index + 1) ? min + max - answer : answer;
}

/** Whether every item that makes the total of this instrument was answered. */
export function isComplete(
  { questions }: Instrument,
  answers: readonly (number | null)[] | undefined,
): boolean {
  if (!questions || answers?.length !== questions.items.length) return false;
  return answers.every(
    (answer, index) => answer !== null || questions.items[index]!.skip?.keepsTotal === true,
  );
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

/** What tells which form a stored assessment is of. */
interface AnsweredEntry {
  assessment_type: string;
  answers?: readonly (number | null)[];
}

/** Whether a stored PHQ-9 holds the score of its first eight items only. */
export function isScoredAsPhq8(entry: AnsweredEntry): boolean {
  return entry.assessment_type === "PHQ-9" && entry.answers?.[8] === null;
}

/** The highest score of the form that was answered: without its last item a PHQ-9 is a PHQ-8. */
export function highestScoreOf(instrument: Instrument, entry: AnsweredEntry): number {
  return isScoredAsPhq8(entry) ? PHQ_8.score.max : instrument.score.max;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function refusal(message: string, hint: string | undefined): MoodsyncError {
  return new MoodsyncError("invalid_input", message, hint === undefined ? {} : { hint });
}
