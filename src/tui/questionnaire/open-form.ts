import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { startTaking } from "../../entries/take-assessment.ts";
import { forgetExpiredAnswers } from "../../entries/waiting-answers.ts";
import { toMoodsyncError } from "../../files/system-error.ts";
import { entriesOf } from "../entries/device-entries.ts";
import type { ScreenDevice } from "../view-props.ts";
import type { QuestionnaireForm } from "./questionnaire-form.ts";

/** A form for the questions of an instrument; its taking is to be closed when it has ended. Throws a `failure` while
 *  another process has them. */
export function openForm(device: ScreenDevice, instrument: AnswerableInstrument): QuestionnaireForm {
  const { stateDir } = device.home;
  forgetExpiredAnswers(stateDir, device.nowMs());
  const taking = startTaking({ entries: () => entriesOf(device), stateDir, takenAt: null });
  return {
    instrument,
    waiting: taking.open(instrument),
    taking,
    nowMs: device.nowMs,
    keep(questionnaire) {
      try {
        taking.keep(questionnaire);
      } catch (error) {
        return `The answers so far cannot be kept: ${toMoodsyncError(error).message}`;
      }
    },
    safety: device.safety(),
  };
}
