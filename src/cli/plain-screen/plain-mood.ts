import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { MAX_NOTE_CHARACTERS } from "../../domain/limits.ts";
import { localDay } from "../../domain/time/local-day.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import { separatedLabels } from "../../entries/activities.ts";
import type { MoodEdit } from "../../entries/apply-edit.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { logMood } from "../../entries/log-mood.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import { offeredLabels } from "../../entries/offered-activities.ts";
import { checkedLabel, checkedNote } from "../../input/checked-text.ts";
import { systemZone } from "../../input/system-zone.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { readToday } from "../../local/queries/today.ts";
import { activityNames, moodText } from "../../output/entity-line.ts";
import { formatClock, formatLongDate } from "../../output/moment.ts";
import { entriesOf, undoLastCommand } from "../../tui/entries/device-entries.ts";
import { unfinishedMood } from "../../tui/today/unfinished-note.ts";
import { meantLabel, untilRight } from "../ask-mood.ts";
import { nowHere } from "../output-options.ts";
import { calendarOf } from "../preferences.ts";
import { sayLines } from "../say-lines.ts";
import { IN_WORDS, type PlainSession, sayMessage } from "./plain-session.ts";

const ACTIVITIES = "Activities, with commas between; ? lists yours, nothing for none: ";
const OTHER_ACTIVITIES = "Activities to add, with commas between, or to take away as -run; ? lists yours: ";
const NOTE = "Note, nothing for none: ";
/** Longest line of labels, in characters. */
const MAX_LABELS_CHARACTERS = 1_000;

/** Logs a mood at once, then asks for what belongs to it, which is stored as one change. */
export async function logPlainMood(session: PlainSession, value: number): Promise<void> {
  const { mood } = logMood(entriesOf(session.device), { value });
  try {
    await askWhatBelongs(session, mood);
  } finally {
    session.device.logged({ entityType: "MoodEntry", id: mood.id });
  }
}

async function askWhatBelongs(session: PlainSession, mood: MoodEntry): Promise<void> {
  const { context, device } = session;
  const { dayStartMs } = calendarOf(context);
  const at = parseTimestamp(mood.recorded_at)!;
  const isToday = localDay(at, dayStartMs) === localDay(nowHere(context), dayStartMs);
  const when = `${isToday ? formatLongDate(at, nowHere(context)) : formatLongDate(at)} ${formatClock(at)}`;
  sayLines(context, [`Logged mood ${moodText(mood.value)}, ${when}. u takes it back.`]);
  const changed = await askActivities(session, mood, ACTIVITIES);
  if (changed === "undo") return sayMessage(session, undoLastCommand(device, IN_WORDS));
  const activities = changed.added.length > 0 ? { activities: { ...changed, createSimilar: true } } : {};
  let note: string | null = null;
  try {
    note = await askNote(session, mood);
  } catch (error) {
    // Whoever leaves at the note has answered what came before; the note is kept as a draft.
    store(session, mood, activities);
    throw error;
  }
  store(session, mood, { ...activities, ...(note === null ? {} : { note }) });
  forgetDraft(session, mood);
}

/** The note of the mood that was logged last, or of the one whose note was not finished. */
export async function addNote(session: PlainSession): Promise<void> {
  const mood = latestMood(session);
  if (!mood) return sayLines(session.context, ["Log a mood first, then n adds a note to it."]);
  const note = await askNote(session, mood);
  if (note !== mood.note) store(session, mood, { note });
  forgetDraft(session, mood);
}

/** The activities of the mood that was logged last. */
export async function addActivities(session: PlainSession): Promise<void> {
  const mood = latestMood(session);
  if (mood) await changeActivities(session, mood);
  else sayLines(session.context, ["Log a mood first, then a adds activities to it."]);
}

/** Asks which activities come to a mood and which leave it, and stores that. */
export async function changeActivities(session: PlainSession, mood: MoodEntry): Promise<void> {
  const { context, device } = session;
  const names = activityNames(mood.activities, shownLabels(device.db));
  sayLines(context, [names === "" ? "It has no activities yet." : `It has: ${names}.`]);
  const changed = await askActivities(session, mood, OTHER_ACTIVITIES);
  if (changed === "undo") return sayMessage(session, undoLastCommand(device, IN_WORDS));
  if (changed.added.length + changed.removed.length > 0)
    store(session, mood, { activities: { ...changed, createSimilar: true } });
}

/** What is typed is kept at each key, as on the screen; null for no note. */
async function askNote(session: PlainSession, mood: MoodEntry): Promise<string | null> {
  const { context, device, reader } = session;
  const drafts = openNoteDrafts(device.home);
  const keep = (text: string | null) =>
    drafts.keep(mood.id, text === (mood.note ?? "") ? null : text, device.nowMs());
  return await untilRight(context, async () => {
    const initial = drafts.of(mood.id) ?? mood.note ?? "";
    return checkedNote(
      await reader.ask(NOTE, { longest: MAX_NOTE_CHARACTERS, takesPastes: true, initial, onChange: keep }),
    );
  });
}

/** Stores an edit, and says what there is then. */
export function store({ context, device }: PlainSession, mood: MoodEntry, edit: MoodEdit): void {
  const target = { entityType: "MoodEntry", id: mood.id } as const;
  const { entity, isChanged } = editEntry(entriesOf(device), target, edit);
  const { activities, note, value } = entity as MoodEntry;
  const names = activityNames(activities, shownLabels(device.db));
  const parts = [`mood ${moodText(value)}`, names, note === null ? "" : "with a note"];
  const what = parts.filter((part) => part !== "").join(", ");
  sayLines(context, [isChanged ? `Stored: ${what}.` : "Nothing more was added."]);
}

function forgetDraft({ device }: PlainSession, mood: MoodEntry): void {
  openNoteDrafts(device.home).keep(mood.id, null, device.nowMs());
}

/** Labels that come to a mood, and those after a minus that leave it; "undo" where somebody takes back what was logged. */
async function askActivities(
  { context, device, reader }: PlainSession,
  mood: MoodEntry,
  question: string,
): Promise<{ added: string[]; removed: string[] } | "undo"> {
  const entries = entriesOf(device);
  return await untilRight(context, async () => {
    let typed = "?";
    while (typed === "?") {
      typed = await reader.ask(question, { longest: MAX_LABELS_CHARACTERS, takesPastes: true });
      const labels = offeredLabels(entries).map(({ label }) => label);
      if (typed === "?") sayLines(context, [`The most used first: ${labels.join(", ")}.`]);
    }
    if (typed === "u") return "undo";
    const had = mood.activities.map((id) => shownLabels(device.db).get(id));
    const changed = { added: [] as string[], removed: [] as string[] };
    for (const part of separatedLabels(entries.db, typed).map((label) => label.trim())) {
      if (part === "") continue;
      const gone = part.startsWith("-") ? had.find((label) => label === part.slice(1).trim()) : undefined;
      if (gone !== undefined) changed.removed.push(gone);
      else changed.added.push(await meantLabel(context, reader, entries, checkedLabel(part)));
    }
    return changed;
  });
}

function latestMood({ context, device }: PlainSession): MoodEntry | undefined {
  const { db, appVersion } = device;
  const { dayStartMs } = calendarOf(context);
  const given = { nowMs: context.nowMs(), zone: systemZone, dayStartMs, appVersion };
  return unfinishedMood(device) ?? readToday(db, given).moods.at(-1);
}
