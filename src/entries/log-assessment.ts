import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import { assessmentTypeOf, findInstrument } from "../assessments/find-instrument.ts";
import { scoreResult } from "../assessments/typed-result.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { writeAs } from "../local/versions/write.ts";
import { resultsOf } from "./earlier-results.ts";
import { type Entries, timeOf } from "./entries.ts";
import { advanceSchedules } from "./schedules.ts";

/** A self-assessment before it is stored: either its answers or its total. Without `taken_at` it is one of this
 *  moment. */
export interface NewAssessment extends Partial<Pick<AssessmentEntry, "taken_at" | "difficulty">> {
  /** As it is typed: "phq9", or a type of the person's own. */
  assessment_type: string;
  answers?: readonly (number | null)[] | undefined;
  score?: number | undefined;
}

/** The nearest other result of an instrument, where both ask about some of the same days. */
export interface Overlap {
  /** Whole days between the two. */
  daysApart: number;
  isAfterOther: boolean;
  recallDays: number;
}

/** Scores and logs a self-assessment, and moves the due dates of its schedules, which are returned as they stand.
 *  `overlap` is null where no other result asks about the same days. Throws `usage` for answers and a total together
 *  and for neither, `invalid_input` as the scoring does and for what no server would store. */
export function logAssessment(
  entries: Entries,
  given: NewAssessment,
): { assessment: AssessmentEntry; schedules: Schedule[]; overlap: Overlap | null } {
  const { db, nowMs, zone } = entries;
  const { assessment_type: typed, answers, score, ...fields } = given;
  const assessmentType = assessmentTypeOf(typed);
  const result = scoreResult(assessmentType, { answers, score });
  return writeAs(db, { name: "log assessment", nowMs }, (writer) => {
    const assessment = writer.put("AssessmentEntry", {
      taken_at: timeOf(entries),
      ...fields,
      ...result,
      id: randomUUID(),
      assessment_type: assessmentType,
    });
    const takenMs = timestampToMs(assessment.taken_at);
    const schedules = advanceSchedules(db, writer, { assessmentType, takenMs, zone });
    return { assessment, schedules, overlap: findOverlap(db, assessment) };
  });
}

/** The nearest other result of the same instrument whose recall window overlaps. */
function findOverlap(db: Database.Database, entry: AssessmentEntry): Overlap | null {
  const recallDays = findInstrument(entry.assessment_type)?.recallDays;
  if (recallDays === undefined) return null;
  const distanceMs = (other: AssessmentEntry) =>
    Math.abs(timestampToMs(other.taken_at) - timestampToMs(entry.taken_at));
  const [nearest] = resultsOf(db, entry.assessment_type)
    .filter((other) => other.id !== entry.id)
    .sort((a, b) => distanceMs(a) - distanceMs(b));
  if (!nearest) return null;
  const daysApart = Math.floor(distanceMs(nearest) / DAY_MS);
  const isAfterOther = timestampToMs(nearest.taken_at) <= timestampToMs(entry.taken_at);
  return daysApart < recallDays ? { daysApart, isAfterOther, recallDays } : null;
}
