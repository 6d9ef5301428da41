import { formatTimestamp, formatUtc, parseTimestamp, timestampToMs } from "../time/timestamp.ts";
import type { Activity } from "./activity.ts";
import type { AssessmentEntry } from "./assessment-entry.ts";
import { ENTITY_FIELDS } from "./entity-fields.ts";
import type { EntityType } from "./entity-type.ts";
import { extraOf, withExtra } from "./extra.ts";
import type { Metadata } from "./metadata.ts";
import type { MoodEntry } from "./mood-entry.ts";
import type { Schedule } from "./schedule.ts";

export interface EntityByType {
  Activity: Activity;
  MoodEntry: MoodEntry;
  AssessmentEntry: AssessmentEntry;
  Schedule: Schedule;
}

/** One synced thing in wire shape. */
export type Entity = EntityByType[EntityType];

/** Brings a checked entity to canonical form: times with three decimals, metadata in UTC,
 *  optional fields that are null left out, unknown fields last. */
export function normaliseEntity<T extends EntityType>(entityType: T, entity: object): EntityByType[T] {
  const given = entity as Record<string, unknown>;
  const canonical: Record<string, unknown> = {};
  for (const [name, field] of FIELDS.get(entityType)!) {
    const value = given[name];
    if (field.optional && (value === null || value === undefined)) continue;
    canonical[name] =
      field.columns.sqlite === "time and offset" && value !== null ? canonicalTime(value as string) : value;
  }
  canonical.metadata = normaliseMetadata(given.metadata as Metadata);
  return withExtra(canonical as unknown as EntityByType[T], extraOf(entityType, entity));
}

const FIELDS = new Map(
  Object.entries(ENTITY_FIELDS).map(([entityType, fields]) => [entityType, Object.entries(fields)]),
);

function normaliseMetadata({ created_at, updated_at, deleted_at }: Metadata): Metadata {
  return {
    created_at: canonicalUtc(created_at),
    updated_at: canonicalUtc(updated_at),
    deleted_at: deleted_at === null ? null : canonicalUtc(deleted_at),
  };
}

/** Most times come as this program writes them; checking that costs a fifth of writing them anew. */
const CANONICAL_TIME = /^.{10}T.{8}\.\d{3}(Z|[+-](?!00:00).{5})$/;

function canonicalTime(text: string): string {
  return CANONICAL_TIME.test(text) ? text : formatTimestamp(parseTimestamp(text)!);
}

function canonicalUtc(text: string): string {
  return text.endsWith("Z") && CANONICAL_TIME.test(text) ? text : formatUtc(timestampToMs(text));
}
