import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import type { Questionnaire } from "../../assessments/questionnaire.ts";
import type { BegunQuestionnaire } from "../../entries/begun-questionnaires.ts";
import type { Taking } from "../../entries/take-assessment.ts";
import type { SafetyPageReader } from "../../output/questionnaire/safety-page.ts";

/** What a form works with that asks the questions of an instrument. */
export interface QuestionnaireForm {
  /** Another one once somebody has chosen it on the first page. */
  instrument: AnswerableInstrument;
  /** The answers of this instrument that wait; null: none do. */
  waiting: BegunQuestionnaire | null;
  taking: Taking;
  nowMs(): number;
  /** Keeps the answers so far. Comes back with a sentence where that failed; the questions go on, because the result can
   *  still be stored. */
  keep(questionnaire: Questionnaire): string | undefined;
  /** Who reads the notice that the safety rule asks for. */
  safety: SafetyPageReader & {
    /** To be called when it was shown. */
    wasShown(questionnaire: Questionnaire): void;
  };
}

/** Whether somebody has seen the result, has taken it back, or neither. */
export type FormEnding = "left" | "result shown" | "taken back";
