import { findInstrument } from "../../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { DIFFICULTY_QUESTION } from "../../assessments/instruments/phq-family.ts";
import { answersTheseQuestions } from "../../assessments/known-version.ts";
import { optionsOf, type Questionnaire, result, stepOf } from "../../assessments/questionnaire.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import { dateWords } from "../date-words.ts";
import { formatMoment } from "../moment.ts";
import {
  changeWords,
  comparedWith,
  highestScore,
  NO_DIAGNOSIS,
  nextSensible,
  overlapSentence,
  type ShownResult,
  scoringNote,
  supportLine,
} from "./result-facts.ts";

/** A questionnaire as lines that can stand alone, for the form that asks line by line. */

/** What is said before the first question. */
export function firstLines(instrument: AnswerableInstrument): string[] {
  const { name, questions, recallWords, licence } = instrument;
  return [
    `${name}: ${questions.items.length} questions, ${questions.duration}. They look back ${recallWords}.`,
    ...questions.beforehand,
    "Your answers are kept on this device at each step. If you leave, they wait for 24 hours.",
    licence.text,
  ];
}

/** What is said of answers that wait. */
export function waitingLine(
  { questionnaire, savedAtMs }: { questionnaire: Questionnaire; savedAtMs: number },
  now: ZonedTime,
): string {
  const { instrument, answers } = questionnaire;
  const answered = answers.filter((value) => value !== undefined).length;
  const moment = formatMoment({ ...now, ms: savedAtMs }, now);
  return `You began the ${instrument.name} and left it on ${moment}; ${answered} of ${answers.length} questions are answered.`;
}

/** The question that is open, its answers, and the one that was given. */
export function questionLines(questionnaire: Questionnaire): string[] {
  const { instrument } = questionnaire;
  const { stem, items } = instrument.questions;
  const step = stepOf(questionnaire);
  const options = optionsOf(questionnaire);
  if (step.kind === "end") return [];
  const skip = step.kind === "item" ? step.item.skip : undefined;
  const given = options.find(({ value }) => value === step.answer)?.label;
  return [
    ...(step.kind === "item"
      ? [`Question ${step.number} of ${items.length}. ${stem}`, step.item.text]
      : [`One more question, not scored. ${DIFFICULTY_QUESTION.text}`]),
    ...options.map(({ value, label }) => `${value} ${label}`),
    ...(skip ? [`- ${skip.label}; ${skip.note}`] : []),
    ...(given === undefined ? [] : [`Your answer so far: ${step.answer}, ${given}.`]),
    ...(step.answer === null ? [`Your answer so far: ${skip?.label}.`] : []),
  ];
}

/** Why there is no total yet. */
export function openWords(questionnaire: Questionnaire): string {
  const outcome = result(questionnaire);
  const count = outcome.status === "open" ? outcome.open.length : 0;
  return `no total: ${count} ${count === 1 ? "answer is" : "answers are"} open`;
}

/** The result, a fact a line. */
export function resultInWords(shown: ShownResult, now: ZonedTime): string[] {
  const { instrument, assessment, overlap } = shown;
  const { severity, score } = assessment;
  return [
    [`${instrument.name}: ${score} of ${highestScore(shown)}`, severity, scoringNote(shown)]
      .filter((part) => part !== "")
      .join(", ")
      .concat("."),
    ...(instrument.cutOff === undefined ? [] : [instrument.cutOff]),
    ...changesInWords(shown, now),
    ...(overlap ? [overlapSentence(overlap)] : []),
    nextInWords(shown, now),
    NO_DIAGNOSIS,
    ...supportLine(shown),
  ];
}

/** How it differs from the last and the first one. */
export function changesInWords(shown: ShownResult, now: ZonedTime): string[] {
  return comparedWith(shown).map(({ entry, change }) => {
    const date = dateWords(parseTimestamp(entry.taken_at)!, now, { weekday: false, long: true });
    const words = changeWords(shown, entry, shown.assessment, change);
    return `${pointsInWords(change.points)} on ${date}, ${words}.`;
  });
}

/** When it makes sense again. */
export function nextInWords(shown: ShownResult, now: ZonedTime): string {
  const date = dateWords(nextSensible(shown), now, { weekday: true, long: true });
  return `Next from ${date}; the questions look back ${shown.instrument.recallWords}.`;
}

/** That it is stored, and what became of its schedules. */
export function storedSentence({ schedules }: ShownResult, now: ZonedTime): string {
  const [schedule] = schedules;
  const due = schedule?.next_due_at ? parseTimestamp(schedule.next_due_at) : null;
  if (!due) return "Stored.";
  return due.ms > now.ms
    ? `Stored. The schedule goes on to ${dateWords(due, now, { weekday: true, long: false })}.`
    : `Stored. By its schedule it is still due since ${dateWords(due, now, { weekday: true, long: false })}.`;
}

/** Each question of a stored result with its answer. Empty where its version is not known here: other questions may have
 *  been asked. */
export function storedAnswersInWords(assessment: AssessmentEntry): string[] {
  const instrument = findInstrument(assessment.assessment_type);
  return answersTheseQuestions(instrument, assessment) ? answersInWords(instrument, assessment) : [];
}

/** Each question of a result with its answer. */
export function answersInWords(instrument: AnswerableInstrument, assessment: AssessmentEntry): string[] {
  const { items, options } = instrument.questions;
  const { answers = [], difficulty } = assessment;
  const labelOf = (index: number, value: number | null) => {
    if (value === null) return items[index]!.skip?.label ?? "no answer";
    const label = options.find((option) => option.value === value)?.label;
    return label === undefined ? String(value) : `${value}, ${label}`;
  };
  return [
    ...answers.map((value, index) => `${index + 1}. ${asked(items[index]!.text)} ${labelOf(index, value)}`),
    ...(difficulty === undefined
      ? []
      : [
          `Not scored. ${asked(DIFFICULTY_QUESTION.text)} ${difficulty}, ${DIFFICULTY_QUESTION.options[difficulty]!.label}`,
        ]),
  ];
}

function asked(text: string): string {
  return text.endsWith("?") ? text : `${text}:`;
}

function pointsInWords(points: number): string {
  if (points === 0) return "The same as";
  return `${Math.abs(points)} ${points < 0 ? "less" : "more"} than`;
}
