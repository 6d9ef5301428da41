import type Database from "better-sqlite3";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import { forgetOldDrafts } from "../../entries/old-drafts.ts";
import { listRows } from "../../local/queries/list-rows.ts";
import type { Today } from "../../local/queries/today.ts";
import { readRow } from "../../local/versions/rows.ts";
import { moodText } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";
import type { Device } from "../../sync/device.ts";
import type { Message } from "../components/message.ts";
import { entriesOf } from "../entries/device-entries.ts";

/** The mood whose note was typed last and neither stored nor discarded; null: there is none. */
export function unfinishedMood(device: Device): MoodEntry | null {
  const { db, home } = device;
  forgetOldDrafts(entriesOf(device), home.stateDir);
  const moods = openNoteDrafts(home)
    .moodIds()
    .map((id) => readRow(db, "MoodEntry", id)?.entity as MoodEntry | null | undefined);
  return moods.findLast((mood) => mood) ?? null;
}

/** The offer to go on with its note. */
export function unfinishedNote(
  { home }: Pick<Device, "home">,
  { id, value, recorded_at }: MoodEntry,
  now: ZonedTime,
): Message {
  const moment = formatMoment(parseTimestamp(recorded_at)!, now);
  return {
    tone: "note",
    text: `The note to mood ${moodText(value)} of ${moment} was typed and not stored.`,
    hint: `n goes on with it; until then it is in ${openNoteDrafts(home).fileOf(id)}.`,
  };
}

/** Whether nothing was ever logged here, and nothing is to come. */
export function isFirstRun(db: Database.Database, { due, next }: Pick<Today, "due" | "next">): boolean {
  const types = ["MoodEntry", "AssessmentEntry"] as const;
  return due.length === 0 && !next && !types.some((type) => listRows(db, type, { limit: 1 }).length > 0);
}
