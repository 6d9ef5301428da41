import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { systemZone, systemZoneName } from "../input/system-zone.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { dayOfMood } from "../local/queries/day-of-mood.ts";
import { shortId } from "../local/queries/short-id.ts";
import { MOMENT_FIELD } from "../local/storage/entity-tables.ts";
import { listHistory } from "../local/versions/history.ts";

/** What is known of an entry beside what it holds. */
export interface KnownOfEntry {
  activities: ReadonlyMap<string, Activity>;
  /** Of a mood: which of its day it is, counted from 1, and the mean of the day. */
  day?: { place: number; count: number; mean: number };
  /** How often it was changed, and the command that shows how. */
  changes?: { count: number; command: string };
  /** The zone of this device at the moment of the entry. */
  zone?: { name: string; offsetMinutes: number };
}

export function knownOfEntry(
  db: Database.Database,
  { entityType, content }: { entityType: EntityType; content: Entity },
  dayStartMs: number,
): KnownOfEntry {
  const count = listHistory(db, entityType, content.id).length;
  const day = entityType === "MoodEntry" ? dayOfMood(db, content as MoodEntry, dayStartMs) : null;
  return {
    activities: activitiesById(db),
    ...(day ? { day } : {}),
    ...(count > 0 ? { changes: { count, command: `moodsync history ${shortId(db, content.id)}` } } : {}),
    ...zoneOf(entityType, content),
  };
}

function zoneOf(entityType: EntityType, entity: Entity): Pick<KnownOfEntry, "zone"> {
  const field = MOMENT_FIELD[entityType];
  const moment = field ? (entity as unknown as Record<string, string>)[field] : undefined;
  if (moment === undefined) return {};
  return { zone: { name: systemZoneName(), offsetMinutes: systemZone(parseTimestamp(moment)!.ms) } };
}
