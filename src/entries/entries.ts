import type Database from "better-sqlite3";
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
