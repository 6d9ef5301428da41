import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { activities } from "./activities.ts";
import { assessments } from "./assessments.ts";
import type { EntityTable } from "./entity-table.ts";
import { moodEntries } from "./mood-entries.ts";
import { schedules } from "./schedules.ts";

/** The tables of all entity types. */
export const TABLES: readonly EntityTable[] = [activities, moodEntries, assessments, schedules];

export const TABLE_BY_TYPE: ReadonlyMap<EntityType, EntityTable> = new Map(
  TABLES.map((table) => [table.entityType, table]),
);
