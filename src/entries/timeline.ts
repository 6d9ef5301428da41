import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { activitiesById, currentActivities, shownLabels } from "../local/queries/activities.ts";
import { listIds, listRows } from "../local/queries/list-rows.ts";
import { searchCondition } from "../local/queries/search.ts";
import type { StoredRow } from "../local/versions/rows.ts";

/** Moods and assessments, newest first. */
export interface Timeline {
  rows: readonly StoredRow[];
  /** The activities that a mood can be given, by label; archived ones, too. */
  activities: readonly Activity[];
  /** For the id of every activity the one that it counts for. */
  byId: ReadonlyMap<string, Activity>;
  /** The labels of all activities as they are shown, by id. */
  labels: ReadonlyMap<string, string>;
}

export function readTimeline(db: Database.Database): Timeline {
  const rows = [...listRows(db, "MoodEntry"), ...listRows(db, "AssessmentEntry")]
    .map((row) => ({ row, ms: timestampToMs(momentOf(row)) }))
    .sort((a, b) => b.ms - a.ms)
    .map(({ row }) => row);
  return { rows, activities: currentActivities(db), byId: activitiesById(db), labels: shownLabels(db) };
}

/** The entries that contain a text, as `moodsync list --search` finds them. */
export function searchTimeline(db: Database.Database, { rows }: Timeline, search: string): StoredRow[] {
  const found = new Set(
    (["MoodEntry", "AssessmentEntry"] as const).flatMap((entityType) => {
      const where = searchCondition(db, entityType, search);
      return listIds(db, entityType, where).map((id) => `${entityType} ${id}`);
    }),
  );
  return rows.filter(({ entityType, id }) => found.has(`${entityType} ${id}`));
}

function momentOf({ entityType, entity }: StoredRow): string {
  return entityType === "MoodEntry"
    ? (entity as MoodEntry).recorded_at
    : (entity as AssessmentEntry).taken_at;
}
