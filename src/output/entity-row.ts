import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import type { LineContext } from "./entity-line.ts";
import { activityNames, activityState, dueText, moodText, scoreText } from "./entity-line.ts";
import { formatMoment } from "./moment.ts";

export interface RowContext extends LineContext {
  /** Shows notes instead of saying that there is one: others may be looking. */
  notes: boolean;
}

/** The cells of an entity in a list, all of one type alike. */
export function entityRow(entityType: EntityType, entity: Entity, context: RowContext): string[] {
  const cells = ownCells(entityType, entity, context);
  return entity.metadata.deleted_at === null ? cells : [...cells, "deleted"];
}

function ownCells(entityType: EntityType, entity: Entity, { now, labels, notes }: RowContext): string[] {
  switch (entityType) {
    case "MoodEntry": {
      const mood = entity as MoodEntry;
      const note = mood.note === null ? "" : notes ? mood.note : "(note)";
      const moment = formatMoment(parseTimestamp(mood.recorded_at)!, now);
      return [moment, moodText(mood.value), activityNames(mood.activities, labels), note];
    }
    case "AssessmentEntry": {
      const entry = entity as AssessmentEntry;
      const moment = formatMoment(parseTimestamp(entry.taken_at)!, now);
      const caveat = isScoredAsPhq8(entry) ? SCORED_AS_PHQ8 : "";
      return [moment, entry.assessment_type, scoreText(entry), caveat];
    }
    case "Activity": {
      const activity = entity as Activity;
      const { label, icon, color_hex } = activity;
      return [label, icon ?? "", color_hex ?? "", activityState(activity, labels)];
    }
    case "Schedule": {
      const schedule = entity as Schedule;
      return [schedule.assessment_type, schedule.frequency.toLowerCase(), dueText(schedule, now)];
    }
  }
}
