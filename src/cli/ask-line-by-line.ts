import type { AnswerableInstrument } from "../assessments/instrument.ts";
import {
  answer,
  back,
  forward,
  goTo,
  optionsOf,
  type Questionnaire,
  result,
  safetyItemOf,
  start,
  stepOf,
} from "../assessments/questionnaire.ts";
import { helpText } from "../assessments/safety/help.ts";
import { regionOf } from "../assessments/safety/region.ts";
import type { BegunQuestionnaire } from "../entries/begun-questionnaires.ts";
import type { TakenAssessment } from "../entries/take-assessment.ts";
import {
  answersInWords,
  firstLines,
  openWords,
  questionLines,
  resultInWords,
  storedSentence,
  waitingLine,
} from "../output/questionnaire/questions-in-words.ts";
import { singleLine } from "../output/terminal-text.ts";
import { wrapWords } from "../output/wrap-words.ts";
import type { FormEnding, QuestionnaireForm } from "../tui/questionnaire/questionnaire-form.ts";
import { shorterForm } from "../tui/questionnaire/questionnaire-view.ts";
import type { Context } from "./context.ts";
import { nowHere } from "./output-options.ts";
import { type LineReader, openLineReader } from "./read-lines.ts";
import { contactsOf, showNoticeOf } from "./safety.ts";

/** Asks the questions of an instrument one after the other, as lines that stay where they are. */
export async function askLineByLine(context: Context, form: QuestionnaireForm): Promise<FormEnding> {
  const reader = openLineReader(context);
  const asked = { context, form, reader, columns: context.stderr.columns, saidProblem: undefined };
  try {
    const begun = await begin(asked);
    return begun ? await askAll(asked, begun) : "left";
  } finally {
    reader.close();
  }
}

interface Asked {
  context: Context;
  form: QuestionnaireForm;
  reader: LineReader;
  /** Where lines are broken between words, so that none is cut in the middle of one. */
  columns: number | undefined;
  saidProblem: string | undefined;
}

/** What the first question is answered in; null: it was left. */
async function begin(asked: Asked): Promise<Questionnaire | null> {
  const { form } = asked;
  if (form.waiting) {
    const chosen = await goOnOrAnew(asked, form.waiting);
    if (chosen !== "anew") return chosen;
  }
  return await first(asked, form.instrument);
}

async function goOnOrAnew(asked: Asked, waiting: BegunQuestionnaire): Promise<Questionnaire | "anew" | null> {
  const { context, form } = asked;
  const { questionnaire } = waiting;
  if (safetyItemOf(questionnaire) !== undefined && !(await heedSafety(asked, questionnaire))) return null;
  say(asked, [waitingLine(waiting, nowHere(context))]);
  for (;;) {
    const typed = await ask(asked, "Enter goes on, n begins anew, q leaves:");
    if (isLeaving(typed)) return null;
    if (typed === "") return questionnaire;
    if (typed.toLowerCase() === "n") {
      form.taking.beginAnew(form.instrument);
      return "anew";
    }
  }
}

async function first(asked: Asked, instrument: AnswerableInstrument): Promise<Questionnaire | null> {
  const { context, form } = asked;
  const shorter = shorterForm(instrument);
  say(asked, firstLines(instrument));
  const offer = shorter ? "8 takes the PHQ-8, without question 9, " : "";
  for (;;) {
    const typed = await ask(asked, `Enter begins, ${offer}h support lines, q leaves:`);
    if (isLeaving(typed)) return null;
    if (typed === "") return start(instrument, context.nowMs());
    if (typed.toLowerCase() === "h") sayHelp(asked);
    if (typed === "8" && shorter) {
      form.waiting = form.taking.open(shorter);
      form.instrument = shorter;
      return await begin(asked);
    }
  }
}

async function askAll(asked: Asked, begun: Questionnaire): Promise<FormEnding> {
  const { context, form } = asked;
  let questionnaire = begun;
  for (;;) {
    const step = stepOf(questionnaire);
    if (step.kind === "end") {
      const outcome = result(questionnaire);
      if (outcome.status === "complete") return await showResult(asked, form.taking.store(questionnaire));
      say(asked, ["", `There is ${openWords(questionnaire)}.`]);
      const typed = await ask(asked, `Enter goes to question ${outcome.open[0]}, q leaves:`);
      if (isLeaving(typed)) return "left";
      if (typed === "") questionnaire = goTo(questionnaire, outcome.open[0]!);
      continue;
    }
    say(asked, ["", ...questionLines(questionnaire)]);
    const next = await askStep(asked, questionnaire);
    if (!next) return "left";
    const isAnswered = next.answers !== questionnaire.answers || next.difficulty !== questionnaire.difficulty;
    questionnaire = next;
    if (!isAnswered) continue;
    const isSafetyItem = step.kind === "item" && step.number === safetyItemOf(questionnaire);
    const isStored = form.taking.stored() !== null;
    if (!isStored) sayProblem(asked, form.keep(questionnaire));
    // The notice comes before anything else; then what is whole is stored, although another question follows. So is what
    // is corrected after that: whoever leaves then has corrected it, too.
    if (isSafetyItem) showNoticeOf(context, questionnaire);
    if ((isSafetyItem || isStored) && result(questionnaire).status === "complete")
      form.taking.store(questionnaire);
    if (isSafetyItem && !(await waitForEnter(asked))) return "left";
  }
}

/** The questionnaire after one answer or step; null: it was left. */
async function askStep(asked: Asked, questionnaire: Questionnaire): Promise<Questionnaire | null> {
  const options = optionsOf(questionnaire);
  const step = stepOf(questionnaire);
  const hasSkip = step.kind === "item" && step.item.skip !== undefined;
  const range = `${options[0]!.value} to ${options.at(-1)!.value}${hasSkip ? " or -" : ""}`;
  const question = `${range}, b back, f forward, h support lines, q leave:`;
  for (;;) {
    const typed = (await ask(asked, question)).toLowerCase();
    if (isLeaving(typed)) return null;
    if (typed === "b") return back(questionnaire);
    if (typed === "f") return forward(questionnaire);
    if (typed === "" && step.kind !== "end" && step.answer !== undefined) return forward(questionnaire);
    if (typed === "h") {
      sayHelp(asked);
      continue;
    }
    const value = typed === "-" ? null : options.find((option) => String(option.value) === typed)?.value;
    const next = value === undefined ? questionnaire : answer(questionnaire, value);
    if (next !== questionnaire) return next;
    say(asked, [`That is no answer. Type a number from ${range}.`]);
  }
}

/** Shows the notice and waits; false: it was left. */
async function heedSafety(asked: Asked, questionnaire: Questionnaire): Promise<boolean> {
  showNoticeOf(asked.context, questionnaire);
  return await waitForEnter(asked);
}

async function waitForEnter(asked: Asked): Promise<boolean> {
  asked.reader.forgetTyped();
  for (;;) {
    const typed = await ask(asked, "Enter goes on, when you want; q leaves:");
    if (isLeaving(typed)) return false;
    if (typed === "") return true;
  }
}

async function showResult(asked: Asked, taken: TakenAssessment): Promise<FormEnding> {
  const { context, form } = asked;
  const now = nowHere(context);
  const shown = { ...taken, instrument: form.instrument };
  const lines = [...resultInWords(shown, now), storedSentence(shown, now)];
  say(asked, ["", ...lines]);
  for (;;) {
    const typed = await ask(asked, "Enter ends, v your answers, u takes it back:");
    if (typed === "" || isLeaving(typed)) return "result shown";
    if (typed.toLowerCase() === "v") say(asked, answersInWords(form.instrument, taken.assessment));
    if (typed.toLowerCase() === "u") {
      if (form.taking.takeBack()) return "taken back";
      say(asked, ["It has been changed since, so it stays; `moodsync delete` deletes it."]);
    }
  }
}

function ask(asked: Asked, question: string): Promise<string> {
  return asked.reader.ask(`${question} `);
}

function isLeaving(typed: string): boolean {
  return typed.toLowerCase() === "q";
}

/** Says once what would else be said at every question. */
function sayProblem(asked: Asked, problem: string | undefined): void {
  if (problem !== undefined && asked.saidProblem !== problem) say(asked, [problem]);
  asked.saidProblem = problem;
}

function sayHelp(asked: Asked): void {
  const { context } = asked;
  say(asked, helpText(regionOf(context.env), contactsOf(context).map(singleLine)).split("\n"));
}

function say(asked: Asked, lines: readonly string[]): void {
  const { stderr } = asked.context;
  stderr.write(
    lines
      .flatMap((line) => broken(asked, line))
      .map((line) => `${line}\n`)
      .join(""),
  );
}

function broken({ columns }: Asked, line: string): string[] {
  return columns ? wrapWords(line, columns) : [line];
}
