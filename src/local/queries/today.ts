import type Database from "better-sqlite3";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { localDay } from "../../domain/time/local-day.ts";
import type { Zone } from "../../domain/time/wall-time.ts";
import { countPending } from "../sync-state/pending-changes.ts";
import { readSyncConfig } from "../sync-state/sync-config.ts";
import { lastSyncRuns } from "../sync-state/sync-runs.ts";
import { type DueSchedule, dueSchedules } from "./due-schedules.ts";
import { listRows } from "./list-rows.ts";
import { loggedOn } from "./logged-day.ts";

/** What one wants to know at a glance. */
export interface Today {
  /** Logged on this day by the clock of the place where they were written, oldest first. */
  moods: MoodEntry[];
  due: DueSchedule[];
  /** The assessment that comes due next; null when none will. */
  next: DueSchedule | null;
  sync: {
    enabled: boolean;
    lastSuccessAtMs: number | null;
    /** Why the last sync failed, in a sentence; null when it did not. */
    problem: string | null;
    pending: number;
  };
}

/** Where nothing was ever logged. */
export const EMPTY_TODAY: Today = {
  moods: [],
  due: [],
  next: null,
  sync: { enabled: false, lastSuccessAtMs: null, problem: null, pending: 0 },
};

/** More moods than anybody logs in a day. */
const MAX_MOODS = 200;

interface DayAsked {
  nowMs: number;
  zone: Zone;
  dayStartMs: number;
}

export function readToday(db: Database.Database, given: DayAsked & { appVersion: string }): Today {
  return { ...readDay(db, given), sync: readSyncState(db, given.appVersion) };
}

/** The same without sync, for what reads it at every minute: what waits to be sent is counted one by one. */
export function readDay(db: Database.Database, given: DayAsked): Omit<Today, "sync"> {
  const { nowMs, zone, dayStartMs } = given;
  const today = localDay({ ms: nowMs, offsetMinutes: zone(nowMs) }, dayStartMs);
  const moods = listRows(db, "MoodEntry", { where: loggedOn(today, dayStartMs), limit: MAX_MOODS })
    .map((row) => row.entity as MoodEntry)
    .reverse();
  return { moods, ...dueSchedules(db, given) };
}

/** How sync stands, at a glance. */
export function readSyncState(db: Database.Database, appVersion: string): Today["sync"] {
  const { lastSuccessAtMs, lastFailureAtMs, lastError } = lastSyncRuns(db);
  const enabled = readSyncConfig(db)?.enabled ?? false;
  const hasFailed = lastFailureAtMs !== null && lastFailureAtMs > (lastSuccessAtMs ?? 0);
  return {
    enabled,
    lastSuccessAtMs,
    problem: hasFailed ? lastError : null,
    // Without sync every entry waits, and counting them all is for nothing.
    pending: enabled ? countPending(db, appVersion).pending : 0,
  };
}
