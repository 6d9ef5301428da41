import type Database from "better-sqlite3";
import type { AnswerableInstrument } from "../assessments/instrument.ts";
import { type Questionnaire, safetyItemOf } from "../assessments/questionnaire.ts";
import { SHORT_NOTICE } from "../assessments/safety/notice.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { openBegunQuestionnaires } from "../entries/begun-questionnaires.ts";
import type { Entries } from "../entries/entries.ts";
import { startTaking, type TakenAssessment } from "../entries/take-assessment.ts";
import { forgetExpiredAnswers } from "../entries/waiting-answers.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { systemZone } from "../input/system-zone.ts";
import { shortId } from "../local/queries/short-id.ts";
import { readRow } from "../local/versions/rows.ts";
import { entityLine } from "../output/entity-line.ts";
import { textLines } from "../output/terminal-text.ts";
import { hasRoom } from "../tui/questionnaire/page-of-view.ts";
import type { FormEnding, QuestionnaireForm } from "../tui/questionnaire/questionnaire-form.ts";
import { askLineByLine } from "./ask-line-by-line.ts";
import type { Context } from "./context.ts";
import { fireHook } from "./fire-hook.ts";
import { entityJson, lineContext, nowHere, type OutputOptions, printNotice } from "./output-options.ts";
import { noticeOnScreen, showNoticeOf, writeNotice } from "./safety.ts";
import { terminalOf } from "./screen.ts";
import { styleOf } from "./style.ts";

/** Asks the questions of an instrument on the terminal, and stores the result. `takenAt` is when it is to have been
 *  taken, as it is stored; null: when it is finished. Throws `interrupted` when it was ended from outside. */
export async function takeQuestions(
  context: Context,
  instrument: AnswerableInstrument,
  options: OutputOptions & { takenAt: string | null },
): Promise<void> {
  forgetExpiredAnswers(context.home.stateDir, context.nowMs());
  const db = await databaseOrNotice(context, instrument);
  const entries = (): Entries => ({ db, nowMs: context.nowMs(), zone: systemZone });
  const { stateDir } = context.home;
  const taking = startTaking({ entries, stateDir, takenAt: options.takenAt });
  const form: QuestionnaireForm = {
    instrument,
    waiting: taking.open(instrument),
    taking,
    nowMs: context.nowMs,
    keep: (questionnaire) => problemOf(() => taking.keep(questionnaire)),
    safety: noticeOnScreen(context),
  };
  try {
    const ending = isForScreen(context)
      ? await askFullScreen(context, form)
      : await askLineByLine(context, form);
    const stored = taking.stored();
    if (stored) {
      sayStored(context, options, entries(), { ...stored, ending });
      await fireLogHook(context, options, db, stored);
    } else printNotice(context, options, leftSentence(context, form.instrument));
  } catch (error) {
    const stored = taking.stored();
    if (stored) {
      sayStored(context, options, entries(), { ...stored, ending: "left" });
      await fireLogHook(context, options, db, stored);
    }
    const whatStays = stored ? "The result is stored." : leftSentence(context, form.instrument);
    if (error instanceof MoodsyncError && error.code === "interrupted")
      throw new MoodsyncError("interrupted", whatStays);
    if (!stored) printNotice(context, options, whatStays);
    throw error;
  } finally {
    taking.close();
  }
}

/** Whether there is a screen, and room on it, for whoever does not want lines. */
function isForScreen(context: Context): boolean {
  const { stdout, env } = context;
  const { columns = 0, rows = 0 } = stdout;
  return stdout.isTTY && env.TERM !== "dumb" && !styleOf(context).isPlain && hasRoom({ columns, rows });
}

async function askFullScreen(context: Context, form: QuestionnaireForm): Promise<FormEnding> {
  const terminal = terminalOf(context, "");
  const { askOnScreen } = await import("../tui/questionnaire/ask-on-screen.ts");
  const { ending, questionnaire } = await askOnScreen(form, terminal, () => nowHere(context));
  // The notice has gone with the screen.
  if (questionnaire && safetyItemOf(questionnaire) !== undefined) writeNotice(context, SHORT_NOTICE);
  if (ending === "left" || ending === "result shown" || ending === "taken back") return ending;
  if (ending instanceof Error) throw ending;
  if (ending !== "interrupted") context.endBySignal(ending);
  throw new MoodsyncError("interrupted", "");
}

/** What answers wait that call for the safety notice is said even where there is no database to go on with. */
async function databaseOrNotice(context: Context, instrument: AnswerableInstrument) {
  try {
    return await context.database();
  } catch (error) {
    const waiting = waitingAnswers(context, instrument);
    if (waiting && safetyItemOf(waiting)) showNoticeOf(context, waiting);
    throw error;
  }
}

/** The answers that wait to be gone on with; null: none do. */
function waitingAnswers(context: Context, instrument: AnswerableInstrument): Questionnaire | null {
  const begun = openBegunQuestionnaires(context.home.stateDir);
  return begun.find(instrument, context.nowMs())?.questionnaire ?? null;
}

/** Why a file could not be written; undefined: it was. */
function problemOf(write: () => void): string | undefined {
  try {
    write();
  } catch (error) {
    return `The answers so far cannot be kept: ${toMoodsyncError(error).message}`;
  }
}

function sayStored(
  context: Context,
  options: OutputOptions,
  { db }: Entries,
  { assessment, ending }: TakenAssessment & { ending: FormEnding },
): void {
  context.changed();
  const line = lineContext(context, new Map());
  const entry = entityLine("AssessmentEntry", assessment, line);
  if (ending === "taken back") printNotice(context, options, `Took back: ${entry}`);
  else if (!options.quiet)
    context.stdout.write(textLines([`Logged ${entry}${line.separator}${shortId(db, assessment.id)}`]));
}

/** Of a result that was taken back there is nothing to tell. */
async function fireLogHook(
  context: Context,
  options: OutputOptions,
  db: Database.Database,
  { assessment: { id } }: TakenAssessment,
): Promise<void> {
  const entity = readRow(db, "AssessmentEntry", id)?.entity;
  if (entity) await fireHook(context, options, "on-log", { entity: entityJson("AssessmentEntry", entity) });
}

function leftSentence(context: Context, instrument: AnswerableInstrument): string {
  const { answers = [] } = waitingAnswers(context, instrument) ?? {};
  const count = answers.filter((value) => value !== undefined).length;
  if (count === 0) return "Nothing was stored.";
  const { id, name } = instrument;
  return `Nothing was stored yet; ${count} of the ${answers.length} answers to the ${name} wait for 24 hours. \`moodsync log assessment ${id}\` goes on.`;
}
