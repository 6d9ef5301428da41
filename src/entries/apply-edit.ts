import { assessmentTypeOf } from "../assessments/find-instrument.ts";
import { scoreResult } from "../assessments/typed-result.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import type { ChangedActivities, ChosenActivities, NewActivity } from "./activities.ts";
import type { NewMood } from "./log-mood.ts";

/** The fields that an edit changes; what is missing or undefined stays. */
type Changes<T> = { [Field in keyof T]?: T[Field] | undefined };

export type MoodEdit = Changes<
  Omit<NewMood, "activities"> & { activities: ChosenActivities | ChangedActivities }
>;
export type ActivityEdit = Changes<NewActivity>;
export type ScheduleEdit = Changes<
  Pick<Schedule, "assessment_type" | "frequency" | "enabled" | "next_due_at">
>;
/** A `difficulty` of null removes it. */
export type AssessmentEdit = Changes<
  Pick<AssessmentEntry, "assessment_type" | "taken_at" | "score" | "answers"> & { difficulty: number | null }
>;

export interface EditByType {
  MoodEntry: MoodEdit;
  AssessmentEntry: AssessmentEdit;
  Activity: ActivityEdit;
  Schedule: ScheduleEdit;
}

/** An entity with the named fields changed; `activityIds` are those of the edit's activities. Pure. */
export function applyEdit<T extends EntityType>(
  entityType: T,
  entity: Entity,
  edit: EditByType[T],
  activityIds: string[] | undefined,
): Entity {
  switch (entityType) {
    case "MoodEntry":
      return editMood(entity as MoodEntry, edit as MoodEdit, activityIds);
    case "AssessmentEntry":
      return editAssessment(entity as AssessmentEntry, edit as AssessmentEdit);
    case "Activity":
      return editActivity(entity as Activity, edit as ActivityEdit);
    case "Schedule":
      return editSchedule(entity as Schedule, edit as ScheduleEdit);
    default:
      throw new Error(`no edit of ${entityType satisfies never}`);
  }
}

/** One that is not archived has no such field, as before it could be. */
function editActivity(activity: Activity, edit: ActivityEdit): Activity {
  const { archived, ...edited } = { ...activity, ...given(edit) };
  return archived || edit.archived === undefined ? { ...activity, ...given(edit) } : edited;
}

function editMood(mood: MoodEntry, edit: MoodEdit, activityIds = mood.activities): MoodEntry {
  return { ...mood, ...given(edit), activities: activityIds };
}

/** A new type, score or answers are scored anew, so score and severity always belong together; anything else leaves
 *  them, also those of an import. */
function editAssessment(entry: AssessmentEntry, edit: AssessmentEdit): AssessmentEntry {
  const { difficulty: earlierDifficulty, ...rest } = entry;
  const difficulty = edit.difficulty === undefined ? earlierDifficulty : edit.difficulty;
  const edited: AssessmentEntry = {
    ...rest,
    assessment_type: editedType(entry, edit),
    taken_at: edit.taken_at ?? entry.taken_at,
    ...(difficulty === undefined || difficulty === null ? {} : { difficulty }),
  };
  if (!isScoredAnew(edit)) return edited;
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

/** Whether an edit of an assessment changes its result. */
export function isScoredAnew({ assessment_type, score, answers }: AssessmentEdit): boolean {
  return assessment_type !== undefined || score !== undefined || answers !== undefined;
}

/** A new due date or frequency is counted from anew, because the old anchor no longer leads to the due date. */
function editSchedule(schedule: Schedule, edit: ScheduleEdit): Schedule {
  const edited = { ...schedule, ...given(edit), assessment_type: editedType(schedule, edit) };
  const isAnchoredAnew = edit.next_due_at !== undefined || edit.frequency !== undefined;
  const anchorAt = isAnchoredAnew ? (edited.next_due_at ?? schedule.anchor_at) : schedule.anchor_at;
  return { ...edited, ...(anchorAt === undefined ? {} : { anchor_at: anchorAt }) };
}

function editedType(
  entry: { assessment_type: string },
  edit: { assessment_type?: string | undefined },
): string {
  return edit.assessment_type === undefined ? entry.assessment_type : assessmentTypeOf(edit.assessment_type);
}

/** The fields of an edit that are not undefined. */
function given<T extends object>(edit: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as T;
}
