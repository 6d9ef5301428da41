import { safetyItemOf } from "../../assessments/questionnaire.ts";
import { DAY_MS } from "../../domain/time/durations.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { keysPage } from "../../output/questionnaire/keys-page.ts";
import { type Page, type Size, SMALLEST } from "../../output/questionnaire/page.ts";
import { firstPage, questionPage, waitingPage } from "../../output/questionnaire/question-page.ts";
import { answersPage, resultPage } from "../../output/questionnaire/result-page.ts";
import { safetyPage, supportPage } from "../../output/questionnaire/safety-page.ts";
import type { TerminalStyle } from "../../output/terminal-style.ts";
import type { QuestionnaireForm } from "./questionnaire-form.ts";
import { openPage, type QuestionnaireView, shorterForm } from "./questionnaire-view.ts";

/** The page that a view shows. */
export function pageOfView(
  view: QuestionnaireView,
  form: QuestionnaireForm,
  now: ZonedTime,
  size: Size,
  style: TerminalStyle,
): Page {
  const { instrument, questionnaire, taken, problem } = view;
  switch (openPage(view)) {
    case "waiting":
      return waitingPage(form.waiting!, now, size, style);
    case "first":
      return {
        ...firstPage(
          instrument,
          { hasShorter: shorterForm(instrument) !== null, lastTaken: lastTakenSentence(form, now) },
          size,
          style,
        ),
        message: problem,
      };
    case "question":
      return { ...questionPage(questionnaire!, size, style), message: problem };
    case "safety":
      return safetyPage(form.safety, { isStored: taken !== null, problem }, size, style);
    case "result":
      return resultPage(
        { ...taken!, instrument },
        { now, problem, hasNotice: safetyItemOf(questionnaire!) !== undefined },
        size,
        style,
      );
    case "answers":
      return answersPage({ ...taken!, instrument }, view.scroll, size, style).page;
    case "support":
      return supportPage(form.safety, size, style);
    case "keys":
      return keysPage(size, style);
  }
}

/** Whether the pages are whole on a terminal. */
export function hasRoom({ columns, rows }: Size): boolean {
  return columns >= SMALLEST.columns && rows >= SMALLEST.rows;
}

/** Said where the questions look back on the last time. */
function lastTakenSentence({ taking, instrument }: QuestionnaireForm, now: ZonedTime): string | null {
  const lastMs = taking.lastTakenMs(instrument);
  const days = lastMs === null ? Number.POSITIVE_INFINITY : Math.floor((now.ms - lastMs) / DAY_MS);
  if (days < 0 || days >= instrument.recallDays) return null;
  const ago = days === 0 ? "less than a day ago" : days === 1 ? "a day ago" : `${days} days ago`;
  return `You took it ${ago}; the questions look back ${instrument.recallWords}, so both ask about some of the same days.`;
}
