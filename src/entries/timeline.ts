import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { allOf, type Condition } from "../local/queries/condition.ts";
import { countRows, listRows } from "../local/queries/list-rows.ts";
import { MOMENT_FIELD } from "../local/storage/entity-tables.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { conditionOf, type ListFilter } from "./list-entries.ts";

/** The place of an entry among moods and assessments, newest first. */
export interface TimelinePlace {
  /** When it happened. */
  ms: number;
  createdMs: number;
  id: string;
}

/** A part of all moods and assessments that fit a filter. */
export interface PageAsked {
  /** Null: from the end of the timeline. */
  from: TimelinePlace | null;
  /** Older ones, that of the place among them; or newer ones, without it. */
  direction: "older" | "newer";
  limit: number;
}

const TYPES = ["MoodEntry", "AssessmentEntry"] as const;

/** The rows of a page, newest first. It is read by the index of the moments, so the place within the timeline and the
 *  length of that cost nothing. Throws `not_found` for a label that no activity has. */
export function readTimelinePage(
  db: Database.Database,
  filter: ListFilter,
  { from, direction, limit }: PageAsked,
): StoredRow[] {
  const rows = TYPES.flatMap((type) => {
    const where = allOf([
      conditionOf(db, type, filter),
      ...(from ? [beyond(MOMENT_FIELD[type]!, from, direction)] : []),
    ]);
    return listRows(db, type, { where, limit, reverse: direction === "newer" });
  });
  const sorted = rows.map((row) => ({ row, place: placeOf(row) })).sort((a, b) => byPlace(a.place, b.place));
  const page = direction === "older" ? sorted.slice(0, limit) : sorted.slice(-limit);
  return page.map(({ row }) => row);
}

/** How many moods and assessments fit a filter. */
export function countTimeline(db: Database.Database, filter: ListFilter): number {
  return TYPES.reduce((sum, type) => sum + countRows(db, type, { where: conditionOf(db, type, filter) }), 0);
}

/** The moment that an entry has, with the offset of its place. */
function momentOf({ entityType, content }: Pick<StoredRow, "entityType" | "content">): string {
  return entityType === "MoodEntry"
    ? (content as MoodEntry).recorded_at
    : (content as AssessmentEntry).taken_at;
}

export function placeOf(row: StoredRow): TimelinePlace {
  return {
    ms: timestampToMs(momentOf(row)),
    createdMs: timestampToMs(row.content!.metadata.created_at),
    id: row.id,
  };
}

function byPlace(a: TimelinePlace, b: TimelinePlace): number {
  return b.ms - a.ms || b.createdMs - a.createdMs || (a.id < b.id ? -1 : 1);
}

/** The first comparison is the one that the index answers. */
function beyond(
  moment: string,
  { ms, createdMs, id }: TimelinePlace,
  direction: PageAsked["direction"],
): Condition {
  const [sign, ofIds] = direction === "older" ? ["<", ">="] : [">", "<"];
  return {
    sql: `${moment} ${sign}= ? and (${moment} ${sign} ? or created_at ${sign} ? or (created_at = ? and id ${ofIds} ?))`,
    values: [ms, ms, createdMs, createdMs, id],
  };
}
