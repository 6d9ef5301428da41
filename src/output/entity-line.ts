import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { moodName } from "../domain/entities/mood-name.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
import { formatMoment } from "./moment.ts";
import { singleLine } from "./terminal-text.ts";

/** What a line about an entity needs beside the entity. */
export interface LineContext {
  now: ZonedTime;
  /** Identifier of an activity → its label. */
  labels: ReadonlyMap<string, string>;
  /** What stands between two parts; " · " when not said. */
  separator?: string;
  /** Names yesterday: a clock time that has not come yet today was taken for yesterday's. */
  saysYesterday?: boolean;
}

/** An entity in a few words on one line, never with its note: "mood 4 (good) · Sun 22 Nov 09:30 · run". */
export function entityLine(entityType: EntityType, entity: Entity, context: LineContext): string {
  return describe(entityType, entity, context)
    .filter((part) => part !== "")
    .map(singleLine)
    .join(context.separator ?? " · ");
}

/** The labels of a mood's activities, each once: two of them may be one by now. One that is not known here is shown as
 *  such. */
export function activityNames(ids: readonly string[], labels: ReadonlyMap<string, string>): string {
  return [...new Set(ids.map((id) => labels.get(id) ?? "unknown activity"))].join(", ");
}

/** What an activity is by now; "" for one in use. */
export function activityState(
  { archived, merged_into }: Activity,
  labels: ReadonlyMap<string, string>,
): string {
  if (merged_into !== undefined) return `merged into ${labels.get(merged_into) ?? "unknown activity"}`;
  return archived ? "archived" : "";
}

export function moodText(value: number): string {
  return `${value} (${moodName(value)})`;
}

export function scoreText({ score, severity }: { score: number; severity: string }): string {
  return severity === "" ? String(score) : `${score} (${severity})`;
}

/** When a schedule is due, in words. */
export function dueText(schedule: Schedule, now: ZonedTime): string {
  if (!schedule.enabled) return "off";
  if (schedule.next_due_at === null) return "no due date";
  const due = parseTimestamp(schedule.next_due_at)!;
  return `${due.ms <= now.ms ? "due since" : "next due"} ${formatMoment(due, now)}`;
}

function describe(
  entityType: EntityType,
  entity: Entity,
  { now, labels, saysYesterday }: LineContext,
): string[] {
  const moment = (text: string) => {
    const time = parseTimestamp(text)!;
    const isYesterday = saysYesterday && localDay(time, 0) === localDay(now, 0) - 1;
    return `${isYesterday ? "yesterday, " : ""}${formatMoment(time, now)}`;
  };
  switch (entityType) {
    case "MoodEntry": {
      const mood = entity as MoodEntry;
      const names = activityNames(mood.activities, labels);
      return [`mood ${moodText(mood.value)}`, moment(mood.recorded_at), names];
    }
    case "AssessmentEntry": {
      const entry = entity as AssessmentEntry;
      const title = `${entry.assessment_type} ${scoreText(entry)}`;
      return [title, isScoredAsPhq8(entry) ? SCORED_AS_PHQ8 : "", moment(entry.taken_at)];
    }
    case "Activity": {
      const activity = entity as Activity;
      return [`activity "${activity.label}"`, activity.icon ?? "", activityState(activity, labels)];
    }
    case "Schedule": {
      const schedule = entity as Schedule;
      return [`${schedule.assessment_type} ${schedule.frequency.toLowerCase()}`, dueText(schedule, now)];
    }
  }
}
