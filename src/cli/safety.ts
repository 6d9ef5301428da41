import type { Questionnaire } from "../assessments/questionnaire.ts";
import type { SafetyNotice } from "../assessments/safety/notice.ts";
import { regionOf } from "../assessments/safety/region.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { isShortNotice, type NoticeReader, noticeOf } from "../entries/safety-notice.ts";
import { singleLine } from "../output/terminal-text.ts";
import { wrapWords } from "../output/wrap-words.ts";
import type { QuestionnaireForm } from "../tui/questionnaire/questionnaire-form.ts";
import type { Context } from "./context.ts";
import { settingsOf } from "./preferences.ts";

/** Shows the notice that a result calls for, and returns it for the JSON; see `noticeOf` for when. It ignores --quiet. */
export function showSafetyNotice(
  context: Context,
  result: { assessment_type: string; score: number; answers?: readonly (number | null)[] },
): SafetyNotice | null {
  return show(context, noticeOf(readerOf(context), result));
}

/** The same for what a command brought back: one notice, however many results call for it. */
export function showNoticeOfResults(
  context: Context,
  results: readonly AssessmentEntry[],
): SafetyNotice | null {
  const due = results.flatMap((result) => noticeOf(readerOf(context), result) ?? []);
  return show(context, due.find(({ notice }) => notice.triggered) ?? due[0] ?? null);
}

function show(context: Context, due: ReturnType<typeof noticeOf>): SafetyNotice | null {
  if (!due) return null;
  writeNotice(context, due.notice.text);
  due.wasShown();
  return due.notice;
}

/** Writes a notice, on a terminal without breaking a word or a number. */
export function writeNotice({ stderr }: Context, text: string): void {
  const { columns } = stderr;
  const lines = text.split("\n");
  const broken = columns ? lines.flatMap((line) => wrapWords(line, columns)) : lines;
  stderr.write(`${broken.join("\n")}\n`);
}

function readerOf(context: Context): NoticeReader {
  return {
    region: regionOf(context.env),
    contacts: contactsOf(context).map(singleLine),
    prefersShort: settingsOf(context)["safety.notice"] === "short",
    stateDir: () => context.home.stateDir,
  };
}

/** Shows the notice that answers call for whose questionnaire is not at its end. */
export function showNoticeOf(context: Context, questionnaire: Questionnaire): void {
  showSafetyNotice(context, answersSoFar(questionnaire));
}

/** The same for a screen, which shows it in its own way. */
export function noticeOnScreen(context: Context): QuestionnaireForm["safety"] {
  const reader = readerOf(context);
  return {
    region: reader.region,
    contacts: reader.contacts,
    isShort: isShortNotice(reader),
    wasShown: (questionnaire) => noticeOf(reader, answersSoFar(questionnaire))?.wasShown(),
  };
}

function answersSoFar({ instrument, answers }: Questionnaire) {
  return { assessment_type: instrument.name, score: 0, answers: answers.map((value) => value ?? null) };
}

/** The user's own contacts, as they are stored. */
export function contactsOf(context: Context): readonly string[] {
  return settingsOf(context)["safety.contacts"];
}
