import { findInstrument } from "../../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import {
  answer,
  back,
  forward,
  goTo,
  type Questionnaire,
  result,
  safetyItemOf,
  start,
  stepOf,
} from "../../assessments/questionnaire.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { TakenAssessment } from "../../entries/take-assessment.ts";
import { type Key, letterOf } from "../keyboard/key.ts";
import type { FormEnding, QuestionnaireForm } from "./questionnaire-form.ts";

/** What the screen of a questionnaire shows, as a value that each key turns into the next one. */
export interface QuestionnaireView {
  /** The page that is open is the last one; those before it come back when it is left. */
  pages: readonly PageName[];
  instrument: AnswerableInstrument;
  /** Null on the first page. */
  questionnaire: Questionnaire | null;
  /** Null until it is stored. */
  taken: TakenAssessment | null;
  /** What did not work, for the message line. */
  problem: string | undefined;
  /** First line of the answers that is shown. */
  scroll: number;
  /** Whether the result is to be stored once the page has been painted: the notice comes first. */
  isUnstored: boolean;
  ending: FormEnding | null;
}

export type PageName =
  | "waiting"
  | "first"
  | "question"
  | "safety"
  | "result"
  | "answers"
  | "keys"
  | "support";

/** The view at the begin. Whoever goes on after the safety item sees its notice before they are asked anything. */
export function firstView({
  instrument,
  waiting,
}: Pick<QuestionnaireForm, "instrument" | "waiting">): QuestionnaireView {
  const hasNotice = waiting !== null && safetyItemOf(waiting.questionnaire) !== undefined;
  return {
    pages: waiting ? (hasNotice ? ["waiting", "safety"] : ["waiting"]) : ["first"],
    instrument,
    questionnaire: waiting?.questionnaire ?? null,
    taken: null,
    problem: undefined,
    scroll: 0,
    isUnstored: false,
    ending: null,
  };
}

export function openPage({ pages }: QuestionnaireView): PageName {
  return pages.at(-1)!;
}

/** The instrument that leaves out the item about harming oneself; null where there is none. */
export function shorterForm({ id }: AnswerableInstrument): AnswerableInstrument | null {
  return id === "phq9" ? (findInstrument("phq8") as AnswerableInstrument) : null;
}

/** The view after a key. What it stores or keeps goes through the form. */
export function afterKey(before: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  const view = { ...before, problem: undefined };
  const page = openPage(view);
  const letter = letterOf(key);
  if (letter === "?" && page !== "keys") return opened(view, "keys");
  if (letter === "H" && page !== "support") return opened(view, "support");
  switch (page) {
    case "waiting":
      return onWaiting(view, key, form);
    case "first":
      return onFirst(view, key, form);
    case "question":
      return onQuestion(view, key, form);
    case "safety":
      return onSafety(view, key, form);
    case "result":
      return onResult(view, key, form);
    case "answers":
      return onAnswers(view, key);
    case "keys":
    case "support":
      return isLeaving(key) || key.name === "enter" ? closed(view) : view;
  }
}

/** The view once its page is painted: a whole set of answers that called for the notice is stored, although another
 *  question follows. They are kept already. */
export function afterPaint(view: QuestionnaireView, form: QuestionnaireForm): QuestionnaireView {
  return view.isUnstored ? withStored({ ...view, isUnstored: false }, form) : view;
}

function onWaiting(view: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  if (isLeaving(key)) return { ...view, ending: "left" };
  if (key.name === "enter") return goOn(replaced(view, "question"), form);
  if (letterOf(key)?.toLowerCase() !== "n") return view;
  form.taking.beginAnew(view.instrument);
  return { ...replaced(view, "first"), questionnaire: null };
}

function onFirst(view: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  if (isLeaving(key)) return { ...view, ending: "left" };
  if (key.name === "enter" || key.name === "right") {
    return { ...replaced(view, "question"), questionnaire: start(view.instrument, form.nowMs()) };
  }
  const shorter = shorterForm(view.instrument);
  if (letterOf(key) !== "8" || !shorter) return view;
  return attempt(view, () => {
    form.waiting = form.taking.open(shorter);
    form.instrument = shorter;
    return firstView(form);
  });
}

function onQuestion(view: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  const questionnaire = view.questionnaire!;
  const step = stepOf(questionnaire);
  if (isLeaving(key)) return { ...view, ending: "left" };
  if (key.name === "left") return { ...view, questionnaire: back(questionnaire) };
  if (key.name === "right") return goOn({ ...view, questionnaire: forward(questionnaire) }, form);
  const outcome = result(questionnaire);
  if (step.kind === "end") {
    if (key.name !== "enter" || outcome.status !== "open") return view;
    return { ...view, questionnaire: goTo(questionnaire, outcome.open[0]!) };
  }
  const letter = letterOf(key);
  const value = letter === "-" ? null : letter !== null && /^\d$/.test(letter) ? Number(letter) : undefined;
  if (value === undefined) return view;
  const next = answer(questionnaire, value);
  if (next === questionnaire) return view;
  const answered = { ...view, questionnaire: next };
  if (step.kind === "item" && step.number === safetyItemOf(next)) {
    const kept = view.taken ? answered : withKept(answered, form);
    return { ...opened(kept, "safety"), isUnstored: result(next).status === "complete" };
  }
  // What is corrected after it was stored is stored at once: whoever leaves then has corrected it, too.
  return goOn(view.taken ? withStored(answered, form) : withKept(answered, form), form);
}

function onSafety(view: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  if (isLeaving(key) || letterOf(key) === "q") return { ...view, ending: "left" };
  if (key.name !== "enter") return view;
  const below = closed(view);
  return openPage(below) === "question" ? goOn(below, form) : below;
}

function onResult(view: QuestionnaireView, key: Key, form: QuestionnaireForm): QuestionnaireView {
  if (isLeaving(key) || key.name === "enter" || letterOf(key) === "q")
    return { ...view, ending: "result shown" };
  if (letterOf(key) === "v") return { ...opened(view, "answers"), scroll: 0 };
  if (letterOf(key) !== "u") return view;
  return attempt(view, () =>
    form.taking.takeBack()
      ? { ...view, ending: "taken back" }
      : { ...view, problem: "! It has been changed since, so it stays; moodsync delete deletes it." },
  );
}

function onAnswers(view: QuestionnaireView, key: Key): QuestionnaireView {
  if (isLeaving(key) || key.name === "enter" || letterOf(key) === "v") return closed(view);
  const steps: Partial<Record<Key["name"], number>> = { up: -1, down: 1, pageUp: -10, pageDown: 10 };
  return { ...view, scroll: Math.max(0, view.scroll + (steps[key.name] ?? 0)) };
}

/** At the end of a whole set of answers the result is stored and shown; else the next question is. */
function goOn(view: QuestionnaireView, form: QuestionnaireForm): QuestionnaireView {
  const questionnaire = view.questionnaire!;
  if (stepOf(questionnaire).kind !== "end" || result(questionnaire).status === "open") return view;
  const stored = withStored({ ...view, problem: undefined }, form);
  return stored.problem === undefined
    ? { ...stored, pages: ["result"] }
    : { ...stored, questionnaire: back(questionnaire) };
}

function withKept(view: QuestionnaireView, form: QuestionnaireForm): QuestionnaireView {
  const problem = form.keep(view.questionnaire!);
  return problem === undefined ? view : { ...view, problem: `! ${problem}` };
}

/** The view with the stored result; with the reason where it could not be stored. */
function withStored(view: QuestionnaireView, form: QuestionnaireForm): QuestionnaireView {
  return attempt(view, () => ({ ...view, taken: form.taking.store(view.questionnaire!) }));
}

function attempt(view: QuestionnaireView, work: () => QuestionnaireView): QuestionnaireView {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MoodsyncError)) throw error;
    return { ...view, problem: `! ${error.message}` };
  }
}

function opened(view: QuestionnaireView, page: PageName): QuestionnaireView {
  return { ...view, pages: [...view.pages, page] };
}

function closed(view: QuestionnaireView): QuestionnaireView {
  return { ...view, pages: view.pages.slice(0, -1) };
}

function replaced(view: QuestionnaireView, page: PageName): QuestionnaireView {
  return { ...view, pages: [...view.pages.slice(0, -1), page] };
}

function isLeaving(key: Key): boolean {
  return key.name === "escape";
}
