import type Database from "better-sqlite3";
import type { Activity } from "../../domain/activity.ts";
import type { AssessmentEntry } from "../../domain/assessment-entry.ts";
import type { MoodEntry } from "../../domain/mood-entry.ts";
import { comparableText } from "../../domain/text.ts";
import { timestampToMs } from "../../domain/timestamp.ts";
import { activityLabels } from "../../local/activities.ts";
import { listRows } from "../../local/list-rows.ts";
import type { StoredRow } from "../../local/rows.ts";

/** Moods and assessments, newest first. */
export interface Entries {
  rows: readonly StoredRow[];
  /** The live activities, by label. */
  activities: readonly Activity[];
  /** The labels of all activities, by id. */
  labels: ReadonlyMap<string, string>;
}

export function readEntries(db: Database.Database): Entries {
  const rows = [...listRows(db, "MoodEntry"), ...listRows(db, "AssessmentEntry")]
    .map((row) => ({ row, ms: timestampToMs(momentOf(row)) }))
    .sort((a, b) => b.ms - a.ms)
    .map(({ row }) => row);
  const activities = listRows(db, "Activity").map(({ entity }) => entity as Activity);
  return { rows, activities, labels: activityLabels(db) };
}

/** The entries whose note, activities or assessment contain a text, without regard to case. */
export function findEntries({ rows, labels }: Entries, search: string): readonly StoredRow[] {
  const wanted = comparableText(search);
  if (wanted === "") return rows;
  return rows.filter((row) => textsOf(row, labels).some((text) => comparableText(text).includes(wanted)));
}

function momentOf({ entityType, entity }: StoredRow): string {
  return entityType === "MoodEntry"
    ? (entity as MoodEntry).recorded_at
    : (entity as AssessmentEntry).taken_at;
}

function textsOf({ entityType, entity }: StoredRow, labels: ReadonlyMap<string, string>): string[] {
  if (entityType === "AssessmentEntry") return [(entity as AssessmentEntry).assessment_type];
  const { note, activities } = entity as MoodEntry;
  return [note ?? "", ...activities.map((id) => labels.get(id) ?? "")];
}
