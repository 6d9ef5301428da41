import { scoreResult } from "../assessments/typed-result.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import type { Edit } from "./edit-options.ts";

/** An entity with the named fields changed; `activityIds` are those of `edit.activity`. Pure. */
export function applyEdit(
  entityType: EntityType,
  entity: Entity,
  edit: Edit,
  activityIds: string[] | undefined,
): Entity {
  switch (entityType) {
    case "MoodEntry":
      return editMood(entity as MoodEntry, edit, activityIds);
    case "AssessmentEntry":
      return editAssessment(entity as AssessmentEntry, edit);
    case "Activity":
      return editActivity(entity as Activity, edit);
    case "Schedule":
      return editSchedule(entity as Schedule, edit);
  }
}

function editMood(mood: MoodEntry, edit: Edit, activityIds: string[] | undefined): MoodEntry {
  return {
    ...mood,
    value: edit.value ?? mood.value,
    activities: activityIds ?? mood.activities,
    note: edit.note === undefined ? mood.note : edit.note,
    recorded_at: edit.at ?? mood.recorded_at,
  };
}

/** A new type, score or answers are scored anew, so score and severity always belong together; anything else leaves
 *  them, also those of an import. */
function editAssessment(entry: AssessmentEntry, edit: Edit): AssessmentEntry {
  const { difficulty: earlierDifficulty, ...rest } = entry;
  const difficulty = edit.difficulty === undefined ? earlierDifficulty : edit.difficulty;
  const edited: AssessmentEntry = {
    ...rest,
    assessment_type: edit.type ?? entry.assessment_type,
    taken_at: edit.at ?? entry.taken_at,
    ...(difficulty === undefined || difficulty === null ? {} : { difficulty }),
  };
  if (edit.type === undefined && edit.score === undefined && edit.answers === undefined) return edited;
  const { answers, source: _source, instrument_version: _version, ...unscored } = edited;
  const keepsAnswers = edit.score === undefined && edit.answers === undefined && answers !== undefined;
  const result = keepsAnswers
    ? scoreResult(edited.assessment_type, { answers })
    : scoreResult(edited.assessment_type, {
        answers: edit.answers,
        score: edit.score ?? (edit.answers === undefined ? entry.score : undefined),
      });
  return { ...unscored, ...result };
}

function editActivity(activity: Activity, edit: Edit): Activity {
  return {
    ...activity,
    label: edit.label ?? activity.label,
    color_hex: edit.color === undefined ? activity.color_hex : edit.color,
    icon: edit.icon === undefined ? activity.icon : edit.icon,
  };
}

/** A new due date or frequency is counted from anew, because the old anchor no longer leads to the due date. */
function editSchedule(schedule: Schedule, edit: Edit): Schedule {
  const nextDueAt = edit.nextDue === undefined ? schedule.next_due_at : edit.nextDue;
  const isAnchoredAnew = edit.nextDue !== undefined || edit.frequency !== undefined;
  const anchorAt = isAnchoredAnew ? (nextDueAt ?? schedule.anchor_at) : schedule.anchor_at;
  return {
    ...schedule,
    assessment_type: edit.type ?? schedule.assessment_type,
    frequency: edit.frequency ?? schedule.frequency,
    enabled: edit.enabled ?? schedule.enabled,
    next_due_at: nextDueAt,
    ...(anchorAt === undefined ? {} : { anchor_at: anchorAt }),
  };
}
