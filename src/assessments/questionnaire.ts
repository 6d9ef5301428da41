import type { AnswerableInstrument, Instrument, Item } from "./instrument.ts";
import { DIFFICULTY_QUESTION } from "./instruments/phq-family.ts";

/** Somebody's way through the questions of an instrument, as far as it has come: a value that each function of this file
 *  turns into the next one. None of them reads a clock, stores or prints. */
export interface Questionnaire {
  instrument: AnswerableInstrument;
  startedAtMs: number;
  /** One for each item: the value of an option, null where the item was left without one, undefined while it is open. */
  answers: readonly (number | null | undefined)[];
  /** The answer to the unscored question, undefined where it was not asked or not answered. */
  difficulty: number | undefined;
  /** Which step is open, from 0: the items, then the unscored question where it is asked, then the end. */
  at: number;
}

/** What is asked at a step. `number` is that of the item, from 1. */
export type Step =
  | { kind: "item"; number: number; item: Item; answer: number | null | undefined }
  | { kind: "difficulty"; answer: number | undefined }
  | { kind: "end" };

/** Where it stands: all that a result needs, or the numbers (from 1) of the items that are open. */
export type Result =
  | { status: "complete"; answers: readonly (number | null)[]; difficulty: number | undefined }
  | { status: "open"; open: readonly number[] };

export function isAnswerable(instrument: Instrument | undefined): instrument is AnswerableInstrument {
  return instrument !== undefined && instrument.questions !== null;
}

/** The questions before the first answer. */
export function start(instrument: AnswerableInstrument, nowMs: number): Questionnaire {
  const answers = instrument.questions.items.map(() => undefined);
  return { instrument, startedAtMs: nowMs, answers, difficulty: undefined, at: 0 };
}

export function stepOf(questionnaire: Questionnaire): Step {
  const { instrument, answers, difficulty, at } = questionnaire;
  const item = instrument.questions.items[at];
  if (item) return { kind: "item", number: at + 1, item, answer: answers[at] };
  if (at < stepCount(questionnaire)) return { kind: "difficulty", answer: difficulty };
  return { kind: "end" };
}

/** What can be chosen at a step. */
export function optionsOf(questionnaire: Questionnaire): readonly { value: number; label: string }[] {
  const { kind } = stepOf(questionnaire);
  if (kind === "item") return questionnaire.instrument.questions.options;
  return kind === "difficulty" ? DIFFICULTY_QUESTION.options : [];
}

/** Answers the open step and goes on to the next; null leaves an item without a value. Unchanged where the step has no
 *  such answer. */
export function answer(questionnaire: Questionnaire, value: number | null): Questionnaire {
  const step = stepOf(questionnaire);
  const isOffered =
    value === null
      ? step.kind === "item" && step.item.skip !== undefined
      : optionsOf(questionnaire).some((option) => option.value === value);
  if (!isOffered) return questionnaire;
  const { answers, at } = questionnaire;
  return forward(
    step.kind === "item"
      ? withoutUnasked({ ...questionnaire, answers: answers.with(at, value) })
      : { ...questionnaire, difficulty: value! },
  );
}

/** The step before, without changing an answer. */
export function back(questionnaire: Questionnaire): Questionnaire {
  return { ...questionnaire, at: Math.max(0, questionnaire.at - 1) };
}

/** The next step, without changing an answer; an item that is passed by stays open. */
export function forward(questionnaire: Questionnaire): Questionnaire {
  return { ...questionnaire, at: Math.min(stepCount(questionnaire), questionnaire.at + 1) };
}

/** Goes to an item, by its number from 1. */
export function goTo(questionnaire: Questionnaire, number: number): Questionnaire {
  return { ...questionnaire, at: number - 1 };
}

/** There is a total only of a whole set of answers: none is replaced or left out on the quiet. */
export function result({ answers, difficulty }: Questionnaire): Result {
  const open = answers.flatMap((answer, index) => (answer === undefined ? [index + 1] : []));
  if (open.length > 0) return { status: "open", open };
  return { status: "complete", answers: answers as readonly (number | null)[], difficulty };
}

/** The number of the first item about harming oneself that was answered with more than "not at all"; undefined: none. */
export function safetyItemOf({ instrument, answers }: Questionnaire): number | undefined {
  return instrument.safetyItems.find((number) => (answers[number - 1] ?? 0) > 0);
}

/** How many steps come before the end. The unscored question is about problems, so it needs one. */
function stepCount({ instrument, answers }: Questionnaire): number {
  const { items, asksDifficulty } = instrument.questions;
  const hasProblem = answers.some((answer) => (answer ?? 0) > 0);
  return items.length + (asksDifficulty && hasProblem ? 1 : 0);
}

/** Without an answer to the unscored question once that is no longer asked. */
function withoutUnasked(questionnaire: Questionnaire): Questionnaire {
  const isAsked = stepCount(questionnaire) > questionnaire.instrument.questions.items.length;
  return isAsked ? questionnaire : { ...questionnaire, difficulty: undefined };
}
