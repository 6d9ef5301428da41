import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Entity } from "../domain/entities/entity.ts";
import { ENTITY_FIELDS } from "../domain/entities/entity-fields.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { MINUTE_MS } from "../domain/time/durations.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp, timestampToMs, type ZonedTime } from "../domain/time/timestamp.ts";
import { type ActivityById, activityName, activityNames } from "./activity-names.ts";
import { dueText } from "./entity-line.ts";
import { formatClock, formatMoment } from "./moment.ts";
import { type Cell, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** An entity with what is known of it beside itself. */
export interface EntityDetails {
  entityType: EntityType;
  entity: Entity;
  now: ZonedTime;
  activities: ActivityById;
  /** The zone of this device, which is named where an entry was written by its clock. */
  zone?: { name: string; offsetMinutes: number };
  /** Of a mood: which of its day it is, counted from 1, and the mean of the day. */
  day?: { place: number; count: number; mean: number };
  /** How often it was changed, and the command that shows how. */
  changes?: { count: number; command: string };
}

/** A name and its value, which takes one line where there is room. */
type Field = [name: string, value: readonly Part[]];

/** The fields of an entity that hold something, in their order: its own, those without words, its metadata. */
export function detailFields(details: EntityDetails, style: TerminalStyle): Field[] {
  return [...ownFields(details, style), ...otherFields(details), ...metadataFields(details)].filter(
    ([, value]) => value.length > 0,
  );
}

function ownFields(
  { entityType, entity, now, activities, day, zone }: EntityDetails,
  style: TerminalStyle,
): Field[] {
  switch (entityType) {
    case "MoodEntry": {
      const mood = entity as MoodEntry;
      return [
        ["activities", activityNames(mood.activities, activities, style)],
        ["day", day ? [dayText(day)] : []],
        ["zone", [zoneText(mood.recorded_at, zone)]],
      ];
    }
    case "AssessmentEntry": {
      const entry = entity as AssessmentEntry;
      return [
        ["scoring", isScoredAsPhq8(entry) ? [SCORED_AS_PHQ8] : []],
        ["answers", entry.answers ? [entry.answers.map((answer) => answer ?? "-").join(",")] : []],
        ["difficulty", entry.difficulty === undefined ? [] : [`${entry.difficulty} of 3`]],
        ["source", textOf(entry.source)],
        ["version", textOf(entry.instrument_version)],
        ["zone", [zoneText(entry.taken_at, zone)]],
      ];
    }
    case "Activity": {
      const { color_hex, merged_into, archived } = entity as Activity;
      return [
        ["colour", textOf(color_hex)],
        ["archived", archived ? ["yes"] : []],
        ["merged into", merged_into === undefined ? [] : activityName(activities.get(merged_into), style)],
      ];
    }
    case "Schedule": {
      const schedule = entity as Schedule;
      return [
        ["due", [dueText(schedule, now)]],
        ["counted from", schedule.anchor_at ? [formatMoment(parseTimestamp(schedule.anchor_at)!, now)] : []],
      ];
    }
  }
}

/** The fields that have words of their own. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  ...["id", "value", "recorded_at", "activities", "note"],
  ...["assessment_type", "score", "severity", "taken_at", "answers", "difficulty", "source"],
  ...["instrument_version", "label", "color_hex", "icon", "archived", "merged_into"],
  ...["frequency", "enabled", "next_due_at", "anchor_at"],
]);

/** Every other field under its name, as it is stored. */
function otherFields({ entityType, entity }: EntityDetails): Field[] {
  const values = entity as unknown as Record<string, unknown>;
  return Object.keys(ENTITY_FIELDS[entityType])
    .filter((name) => !SHOWN_FIELDS.has(name))
    .map((name) => [name.replaceAll("_", " "), textOf(values[name])]);
}

/** Metadata is kept in UTC, so it is shown by the clock of the reader. */
function metadataFields({ entityType, entity, now, changes }: EntityDetails): Field[] {
  const { created_at, updated_at, deleted_at } = entity.metadata;
  const moment = (text: string) => {
    const time = { ms: timestampToMs(text), offsetMinutes: now.offsetMinutes };
    return localDay(time, 0) === localDay(now, 0) ? formatClock(time) : formatMoment(time, now);
  };
  const happenedAt = momentOf(entityType, entity);
  const isLoggedLater = happenedAt === null || timestampToMs(created_at) - happenedAt >= MINUTE_MS;
  const often = changes ? `, ${timesText(changes.count)} since (${changes.command})` : "";
  return [
    ["id", [entity.id]],
    [happenedAt === null ? "created" : "logged", isLoggedLater ? [moment(created_at)] : []],
    [
      "changed",
      updated_at === created_at && !changes?.count
        ? []
        : [`${moment(updated_at)}${changes?.count ? often : ""}`],
    ],
    ["deleted", deleted_at === null ? [] : [moment(deleted_at)]],
  ];
}

function momentOf(entityType: EntityType, entity: Entity): number | null {
  if (entityType === "MoodEntry") return timestampToMs((entity as MoodEntry).recorded_at);
  return entityType === "AssessmentEntry" ? timestampToMs((entity as AssessmentEntry).taken_at) : null;
}

function dayText({ place, count, mean }: NonNullable<EntityDetails["day"]>): string {
  if (count === 1) return "the only entry of its day";
  return `${ORDINALS[place] ?? `${place}th`} of ${count} entries; the day's mean is ${mean.toFixed(1)}`;
}

const ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth"];

/** The offset that an entry was written with, and whose it is, where that is the clock of this device. */
function zoneText(text: string, zone: EntityDetails["zone"]): string {
  const offset = text.endsWith("Z") ? "UTC" : text.slice(-"+01:00".length);
  return zone && zone.offsetMinutes === parseTimestamp(text)!.offsetMinutes
    ? `${zone.name} (${offset})`
    : offset;
}

function timesText(count: number): string {
  return { 1: "once", 2: "twice" }[count] ?? `${count} times`;
}

function textOf(value: unknown): Cell[] {
  return value === null || value === undefined || value === "" ? [] : [verbatim(String(value))];
}
