import type { AnswerableInstrument } from "../assessments/instrument.ts";
import type { Questionnaire } from "../assessments/questionnaire.ts";
import type { BegunQuestionnaire } from "../entries/begun-questionnaires.ts";
import type { Taking } from "../entries/take-assessment.ts";

/** What a form works with that asks the questions of an instrument. It ends by returning, whether there is a result or
 *  not, and throws `interrupted` where it was ended from outside. */
export interface QuestionnaireForm {
  /** Another one once somebody has chosen it on the first page. */
  instrument: AnswerableInstrument;
  /** The answers of this instrument that wait; null: none do. */
  waiting: BegunQuestionnaire | null;
  taking: Taking;
  isQuiet: boolean;
  /** Keeps the answers so far. Where that fails the questions go on: the result can still be stored. */
  keep(questionnaire: Questionnaire): void;
  /** Shows on standard error what the safety rule asks for. */
  showNotice(questionnaire: Questionnaire): void;
}

/** Whether somebody has seen the result, has taken it back, or neither. */
export type FormEnding = "left" | "result shown" | "taken back";
