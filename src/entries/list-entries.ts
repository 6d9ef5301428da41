import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import type { TimeBound } from "../input/time-bound.ts";
import { onScaleOf } from "../input/time-bound.ts";
import { activityIdsOf, activityLabels } from "../local/queries/activities.ts";
import { countRows, listRows } from "../local/queries/list-rows.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { createSearch } from "./search.ts";

/** Which entries are listed; what is undefined does not restrict. */
export interface ListFilter {
  /** All of these must hold. */
  since: readonly TimeBound[];
  until: readonly TimeBound[];
  /** Label of an activity that a mood names. */
  activity: string | undefined;
  search: string | undefined;
  deleted: boolean | undefined;
}

/** The first `limit` rows of a type that fit, in the order of `listRows`, and how many fit in all. A type without a
 *  moment fits no span of time, and only moods name activities. Throws `not_found` for a label that no activity has. */
export function listEntries(
  db: Database.Database,
  entityType: EntityType,
  filter: ListFilter,
  limit: number,
): { rows: StoredRow[]; total: number } {
  const { since, until, search, deleted } = filter;
  if (!isFiltered(filter) && Number.isFinite(limit)) {
    return { rows: listRows(db, entityType, { deleted, limit }), total: countRows(db, entityType, deleted) };
  }
  const activityIds = filter.activity === undefined ? null : idsOfLabel(db, filter.activity);
  const isFound = createSearch(search ?? "", search === undefined ? new Map() : activityLabels(db));
  const fitting = listRows(db, entityType, { deleted }).filter((row) => {
    if (activityIds && !moodOf(row)?.activities.some((id) => activityIds.has(id))) return false;
    return isFound(row) && isWithin(row, since, until);
  });
  return { rows: fitting.slice(0, limit), total: fitting.length };
}

/** Whether anything but deletion restricts what is listed. */
export function isFiltered({ since, until, activity, search }: ListFilter): boolean {
  return since.length + until.length > 0 || activity !== undefined || search !== undefined;
}

function isWithin(row: StoredRow, since: readonly TimeBound[], until: readonly TimeBound[]): boolean {
  if (since.length + until.length === 0) return true;
  const moment = moodOf(row)?.recorded_at ?? assessmentOf(row)?.taken_at;
  if (moment === undefined) return false;
  const time = parseTimestamp(moment)!;
  return (
    since.every((bound) => onScaleOf(bound, time) >= bound.ms) &&
    until.every((bound) => onScaleOf(bound, time) <= bound.ms)
  );
}

function idsOfLabel(db: Database.Database, label: string): Set<string> {
  const ids = activityIdsOf(db, label);
  if (ids.size > 0) return ids;
  throw new MoodsyncError("not_found", "No activity has that label.", {
    hint: "`moodsync activity list` shows them.",
  });
}

function moodOf({ entityType, content }: StoredRow): MoodEntry | undefined {
  return entityType === "MoodEntry" ? (content as MoodEntry) : undefined;
}

function assessmentOf({ entityType, content }: StoredRow): AssessmentEntry | undefined {
  return entityType === "AssessmentEntry" ? (content as AssessmentEntry) : undefined;
}
