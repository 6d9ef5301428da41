import type Database from "better-sqlite3";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { formatTimestamp } from "../domain/time/timestamp.ts";
import type { Zone } from "../domain/time/wall-time.ts";

/** What the functions of this folder work with: this device's database, and when and where a person does something. */
export interface Entries {
  db: Database.Database;
  /** Milliseconds since 1970 by this device's clock. */
  nowMs: number;
  /** The time zone of the person's place. */
  zone: Zone;
}

/** This moment as an entry holds it, with the offset of the place. */
export function timeOf({ nowMs, zone }: Entries): string {
  return formatTimestamp({ ms: nowMs, offsetMinutes: zone(nowMs) });
}

/** Names one entry: entities of two types may have the same identifier. */
export interface EntryRef<T extends EntityType = EntityType> {
  entityType: T;
  id: string;
}

/** Under which words `undo` names what was done, where that is not the function's own. */
export interface AsCommand {
  command?: string;
}
