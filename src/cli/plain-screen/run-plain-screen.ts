import { findInstrument, INSTRUMENTS } from "../../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { isAnswerable } from "../../assessments/questionnaire.ts";
import { helpText } from "../../assessments/safety/help.ts";
import { regionOf } from "../../assessments/safety/region.ts";
import { EXIT_CODE } from "../../domain/exit-code.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { lastTakenMs } from "../../entries/earlier-results.ts";
import { systemZone } from "../../input/system-zone.ts";
import { activitiesById } from "../../local/queries/activities.ts";
import { dueSchedules } from "../../local/queries/due-schedules.ts";
import { readToday } from "../../local/queries/today.ts";
import { readWeek } from "../../local/queries/week.ts";
import { instrumentList } from "../../output/screen/instrument-list.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { firstCard, todayCard } from "../../output/today-card.ts";
import { recentMoment } from "../../output/today-lines.ts";
import { syncNow } from "../../sync/sync-now.ts";
import { undoLastCommand } from "../../tui/entries/device-entries.ts";
import { syncMessage } from "../../tui/settings/sync-message.ts";
import { isFirstRun, unfinishedMood, unfinishedNote } from "../../tui/today/unfinished-note.ts";
import type { Context } from "../context.ts";
import { nowHere } from "../output-options.ts";
import { calendarOf } from "../preferences.ts";
import { openLineReader } from "../read-lines.ts";
import { contactsOf } from "../safety.ts";
import { sayLines } from "../say-lines.ts";
import { openScreenDevice } from "../screen.ts";
import { takeQuestions } from "../take-questions.ts";
import { browseHistory } from "./plain-history.ts";
import { lookBack } from "./plain-insights.ts";
import { addActivities, addNote, logPlainMood } from "./plain-mood.ts";
import { IN_WORDS, orSayWhy, type PlainSession, sayDrawn, sayMessage } from "./plain-session.ts";
import { changeSettings } from "./plain-settings.ts";

const QUESTION = "How are you? 1 awful, 2 bad, 3 meh, 4 good, 5 great, ? the rest, q leaves: ";
const REST = [
  "1 to 5: log a mood.",
  "n: its note. a: its activities. u: undo the last change.",
  "t: today. d: check in, what is due. l: list the history, search it, change it.",
  "i: insights, the trend, a year, activities, assessments. r: a report for printing.",
  "p: preferences and how sync stands. s: sync now.",
  "h: support lines, at any time.",
  "q: leave. Ctrl-C leaves at once, everywhere.",
];

/** `moodsync tui` for somebody who reads a stream: says in words what the screens show, and asks line by line. Nothing is
 *  ever repainted. */
export async function runPlainScreen(context: Context): Promise<void> {
  await whileAsking(context, async (session) => {
    sayToday(session);
    const unfinished = unfinishedMood(session.device);
    sayMessage(session, unfinished && unfinishedNote(session.device, unfinished, nowHere(context)));
    for (let typed = ""; typed !== "q"; ) {
      typed = (await session.reader.ask(QUESTION)).toLowerCase();
      await orSayWhy(session, () => answerMenu(session, typed));
    }
  });
}

/** `moodsync settings` in the same way. */
export async function runPlainSettings(context: Context): Promise<void> {
  await whileAsking(context, changeSettings);
}

async function whileAsking(context: Context, ask: (session: PlainSession) => Promise<void>): Promise<void> {
  const device = await openScreenDevice(context);
  const session: PlainSession = { context, device, reader: openLineReader(context) };
  try {
    await ask(session);
  } catch (error) {
    if (!(error instanceof MoodsyncError) || error.code !== "interrupted") throw error;
    context.exitWith(EXIT_CODE.interrupted);
  } finally {
    session.reader.close();
    await device.hooksEnded();
  }
}

async function answerMenu(session: PlainSession, typed: string): Promise<void> {
  const { context, device } = session;
  if (/^[1-5]$/.test(typed)) {
    await logPlainMood(session, Number(typed));
    await offerDue(session);
    return;
  }
  switch (typed) {
    case "n":
      return await addNote(session);
    case "a":
      return await addActivities(session);
    case "u":
      return sayMessage(session, undoLastCommand(device, IN_WORDS));
    case "t":
      return sayToday(session);
    case "d":
      return await checkIn(session);
    case "l":
      return await browseHistory(session);
    case "i":
      return await lookBack(session);
    case "p":
      return await changeSettings(session);
    case "r":
      return sayLines(context, ["moodsync report -o report.html writes one page to print."]);
    case "s":
      return sayMessage(
        session,
        syncMessage(await syncNow(device, { acceptDeletions: false, onProgress: () => {} })),
      );
    case "h":
      return sayLines(
        context,
        helpText(regionOf(context.env), contactsOf(context).map(singleLine)).split("\n"),
      );
    case "q":
    case "":
      return;
    default:
      return sayLines(context, REST);
  }
}

function sayToday(session: PlainSession): void {
  const { context, device } = session;
  const { db, appVersion } = device;
  const now = nowHere(context);
  const { dayStartMs } = calendarOf(context);
  const day = readToday(db, { nowMs: now.ms, zone: systemZone, dayStartMs, appVersion });
  const isFirst = isFirstRun(db, day);
  const week = { days: readWeek(db, { now, dayStartMs }) };
  const activities = activitiesById(db);
  sayDrawn(session, (columns, style) =>
    isFirst
      ? firstCard([], columns, style)
      : todayCard({ day, week, activities, now, dayStartMs, hints: [] }, columns, style),
  );
}

function dueNow({ context, device }: PlainSession) {
  const { dayStartMs } = calendarOf(context);
  return dueSchedules(device.db, { nowMs: context.nowMs(), zone: systemZone, dayStartMs }).due;
}

/** Asks whether to begin what is due; true where somebody did. */
async function offerDue(session: PlainSession): Promise<boolean> {
  const { context, reader } = session;
  for (const { assessmentType, dueAt } of dueNow(session)) {
    const instrument = findInstrument(assessmentType);
    if (!isAnswerable(instrument)) continue;
    const since = recentMoment(dueAt, nowHere(context));
    const typed = await reader.ask(`${instrument.name} is due since ${since}. Begin? y or n: `);
    if (typed.toLowerCase() !== "y") continue;
    await takeNow(session, instrument);
    return true;
  }
  return false;
}

/** What is due, or any other of the assessments. */
async function checkIn(session: PlainSession): Promise<void> {
  const { context, device, reader } = session;
  if (await offerDue(session)) return;
  const due = dueNow(session).map(({ assessmentType }) => assessmentType);
  const instruments = INSTRUMENTS.filter((one) => isAnswerable(one)).map((instrument) => ({
    instrument,
    lastTakenMs: lastTakenMs(device.db, instrument.name),
    isDue: due.includes(instrument.name),
  }));
  const now = nowHere(context);
  sayDrawn(session, (columns, style) =>
    instrumentList({ instruments, selected: 0, now }, { columns, rows: Number.POSITIVE_INFINITY }, style),
  );
  const typed = await reader.ask("Which one? Its name, nothing for none: ");
  if (typed === "") return;
  const chosen = findInstrument(typed);
  if (isAnswerable(chosen)) await takeNow(session, chosen);
  else sayLines(context, ["None of them has that name."]);
}

/** The questions have a reader of their own. */
async function takeNow(session: PlainSession, instrument: AnswerableInstrument): Promise<void> {
  session.reader.close();
  try {
    await takeQuestions(session.context, instrument, { takenAt: null });
  } finally {
    session.reader = openLineReader(session.context);
  }
}
