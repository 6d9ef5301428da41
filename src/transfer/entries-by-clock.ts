import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { eachEntity } from "../local/queries/list-rows.ts";

/** A live mood or assessment with its time, which begins with the date and the time of the clock at its place. */
export type ClockedEntry =
  | { entityType: "MoodEntry"; entity: MoodEntry; time: string }
  | { entityType: "AssessmentEntry"; entity: AssessmentEntry; time: string };

/** Moods and assessments from the first to the last, one after the other, by the clock of the place of each. */
export function* entriesByClock(db: Database.Database): Generator<ClockedEntry, void> {
  const options = { deleted: false, orderBy: "clock" } as const;
  const moods = eachEntity(db, "MoodEntry", options) as Generator<MoodEntry, void>;
  const assessments = eachEntity(db, "AssessmentEntry", options) as Generator<AssessmentEntry, void>;
  let assessment = assessments.next();
  for (const mood of moods) {
    const time = mood.recorded_at;
    while (!assessment.done && clockOf(assessment.value.taken_at) < clockOf(time)) {
      yield { entityType: "AssessmentEntry", entity: assessment.value, time: assessment.value.taken_at };
      assessment = assessments.next();
    }
    yield { entityType: "MoodEntry", entity: mood, time };
  }
  for (; !assessment.done; assessment = assessments.next()) {
    yield { entityType: "AssessmentEntry", entity: assessment.value, time: assessment.value.taken_at };
  }
}

/** "2026-11-22T17:46:54.212", without the offset. */
function clockOf(time: string): string {
  return time.slice(0, 23);
}
