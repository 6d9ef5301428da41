import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import { ENTITY_FIELDS } from "../domain/entities/entity-fields.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { parseTimestamp, timestampToMs } from "../domain/time/timestamp.ts";
import type { LineContext } from "./entity-line.ts";
import { activityNames, activityState, dueText, moodText, scoreText } from "./entity-line.ts";
import { formatMoment } from "./moment.ts";
import { singleLine, terminalText } from "./terminal-text.ts";

/** Everything an entity holds, one field a line, a note below; for a terminal. */
export function entityDetails(entityType: EntityType, entity: Entity, context: LineContext): string {
  const { metadata } = entity;
  const fields: [string, string][] = [
    ...ownFields(entityType, entity, context),
    ...otherFields(entityType, entity),
    ["id", entity.id],
    ["created", momentHere(metadata.created_at, context)],
    ["changed", momentHere(metadata.updated_at, context)],
    ["deleted", metadata.deleted_at === null ? "" : momentHere(metadata.deleted_at, context)],
  ];
  const shown = fields.filter(([, value]) => value !== "");
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, value]) => `${name.padEnd(width)}  ${singleLine(value)}\n`).join("");
  const note = entityType === "MoodEntry" ? (entity as MoodEntry).note : null;
  return note === null ? lines : `${lines}\n${terminalText(note)}\n`;
}

function ownFields(entityType: EntityType, entity: Entity, context: LineContext): [string, string][] {
  switch (entityType) {
    case "MoodEntry": {
      const mood = entity as MoodEntry;
      return [
        ["mood", moodText(mood.value)],
        ["recorded", momentWithOffset(mood.recorded_at, context)],
        ["activities", activityNames(mood.activities, context.labels)],
      ];
    }
    case "AssessmentEntry": {
      const entry = entity as AssessmentEntry;
      return [
        ["assessment", entry.assessment_type],
        ["score", scoreText(entry)],
        ["scoring", isScoredAsPhq8(entry) ? SCORED_AS_PHQ8 : ""],
        ["taken", momentWithOffset(entry.taken_at, context)],
        ["answers", entry.answers?.map((answer) => answer ?? "-").join(",") ?? ""],
        ["difficulty", entry.difficulty === undefined ? "" : `${entry.difficulty} of 3`],
        ["source", entry.source ?? ""],
        ["version", entry.instrument_version ?? ""],
      ];
    }
    case "Activity": {
      const activity = entity as Activity;
      return [
        ["activity", activity.label],
        ["colour", activity.color_hex ?? ""],
        ["state", activityState(activity, context.labels)],
      ];
    }
    case "Schedule": {
      const schedule = entity as Schedule;
      return [
        ["assessment", schedule.assessment_type],
        ["frequency", schedule.frequency.toLowerCase()],
        ["due", dueText(schedule, context.now)],
        ["counted from", schedule.anchor_at ? momentWithOffset(schedule.anchor_at, context) : ""],
      ];
    }
  }
}

/** The fields that {@link ownFields} shows, and the note. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  ...["id", "value", "recorded_at", "activities", "note"],
  ...["assessment_type", "score", "severity", "taken_at", "answers", "difficulty", "source"],
  ...["instrument_version", "label", "color_hex", "frequency", "enabled", "next_due_at", "anchor_at"],
  ...["archived", "merged_into"],
]);

/** Every other field under its name, as it is stored. */
function otherFields(entityType: EntityType, entity: Entity): [string, string][] {
  const values = entity as unknown as Record<string, unknown>;
  return Object.keys(ENTITY_FIELDS[entityType])
    .filter((name) => !SHOWN_FIELDS.has(name))
    .map((name) => [name.replaceAll("_", " "), String(values[name] ?? "")]);
}

/** Metadata is kept in UTC, so it is shown by the clock of the reader. */
function momentHere(text: string, { now }: LineContext): string {
  return formatMoment({ ms: timestampToMs(text), offsetMinutes: now.offsetMinutes }, now);
}

function momentWithOffset(text: string, { now }: LineContext): string {
  const time = parseTimestamp(text)!;
  const offset = text.endsWith("Z") ? "UTC" : text.slice(-6);
  return `${formatMoment(time, now)} (${offset})`;
}
