import type Database from "better-sqlite3";
import { logMood } from "../../../src/entries/log-mood.ts";

/** Logs one more mood. */
export function logMoodIn(db: Database.Database, nowMs = Date.now()): void {
  logMood({ db, nowMs, zone: () => 0 }, { value: 3 });
}
