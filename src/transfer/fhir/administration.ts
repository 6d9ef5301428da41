import { findInstrument } from "../../assessments/find-instrument.ts";
import type { Instrument, Item, Questions } from "../../assessments/instrument.ts";
import { answersTheseQuestions, isOfOtherVersion } from "../../assessments/known-version.ts";
import { isComplete, isScoredAsPhq8, pointsOf } from "../../assessments/score.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { fhirText } from "./parts.ts";

/** One item as it was answered. The item is undefined where it is not known what was asked. */
export interface Answered {
  number: number;
  item: Item | undefined;
  /** As stored: the digit beside the option; null where it was left without a value. */
  value: number | null;
  /** The option of that digit, and what it adds to the total. */
  option: Questions["options"][number] | undefined;
  points: number;
}

/** A stored assessment beside what is known of its instrument. */
export interface Administration {
  answers: readonly Answered[];
  /** The name of the total, and its LOINC code where the stored score is one of that code. */
  total: { text: string; loinc: string | undefined };
  /** LOINC's code of the questionnaire whose questions were asked. */
  panel: string | undefined;
}

/** Reads an assessment by the definition of its instrument, as far as it is one of that definition: another version may
 *  ask something else, and what a newer device stored may not fit. What does not fit gets no code. */
export function administrationOf(entry: AssessmentEntry): Administration {
  const { assessment_type, answers, score, instrument_version: version } = entry;
  const found = findInstrument(assessment_type);
  const instrument = found && !isOfOtherVersion(found, entry) ? found : undefined;
  const fitting = answers && instrument?.questions && fits(instrument.questions, answers);
  const asked = fitting && answersTheseQuestions(instrument, entry) ? instrument.questions : undefined;
  const isWhole = answers === undefined || (fitting === true && isComplete(instrument!, answers));
  const isOfTotal = isWhole && instrument !== undefined && isInRange(instrument, score);
  const name = fhirText(assessment_type) ?? "Assessment";
  const ofVersion = !instrument && version ? (fhirText(version) ?? "") : "";
  return {
    answers: (answers ?? []).map((value, index) => answered(asked, index, value)),
    total: isScoredAsPhq8(entry)
      ? { text: "PHQ-8 total score, from a PHQ-9 without its last item", loinc: undefined }
      : {
          text: `${name} total score${ofVersion && ` (${ofVersion})`}${isWhole ? "" : ", answers incomplete"}`,
          loinc: isOfTotal ? instrument.loinc?.total : undefined,
        },
    panel: instrument && (asked || !answers) ? instrument.loinc?.panel : undefined,
  };
}

function answered(asked: Questions | undefined, index: number, value: number | null): Answered {
  return {
    number: index + 1,
    item: asked?.items[index],
    value,
    option: asked?.options.find((option) => option.value === value),
    points: asked ? pointsOf(asked, index, value) : 0,
  };
}

function fits({ options }: Questions, answers: readonly (number | null)[]): boolean {
  return answers.every((answer) => answer === null || options.some(({ value }) => value === answer));
}

function isInRange({ score: { min, max } }: Instrument, score: number): boolean {
  return score >= min && score <= max;
}
