import type Database from "better-sqlite3";
import { type Change, changeBetween } from "../assessments/change.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { listRows } from "../local/queries/list-rows.ts";

/** An earlier result of the same assessment, and how it differs. */
export interface EarlierResult {
  entry: AssessmentEntry;
  change: Change;
}

/** The results of the same assessment that were taken before this one: the last and the first, the same where there is
 *  but one, and null where there is none. */
export function earlierResults(
  db: Database.Database,
  now: AssessmentEntry,
): { last: EarlierResult | null; first: EarlierResult | null } {
  const takenMs = (entry: AssessmentEntry) => timestampToMs(entry.taken_at);
  const earlier = resultsOf(db, now.assessment_type)
    .filter((entry) => entry.id !== now.id && takenMs(entry) < takenMs(now))
    .sort((a, b) => takenMs(a) - takenMs(b));
  const compared = (entry: AssessmentEntry | undefined) =>
    entry ? { entry, change: changeBetween(entry, now) } : null;
  return { last: compared(earlier.at(-1)), first: compared(earlier[0]) };
}

/** When an assessment was last taken, in ms; null: never on this device. */
export function lastTakenMs(db: Database.Database, assessmentType: string): number | null {
  const times = resultsOf(db, assessmentType).map((entry) => timestampToMs(entry.taken_at));
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}

/** The live results of an assessment. */
export function resultsOf(db: Database.Database, assessmentType: string): AssessmentEntry[] {
  return listRows(db, "AssessmentEntry")
    .map((row) => row.entity as AssessmentEntry)
    .filter((entry) => entry.assessment_type === assessmentType);
}
