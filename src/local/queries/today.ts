import type Database from "better-sqlite3";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import { localDay, type Zone } from "../../domain/time/wall-time.ts";
import { countPending } from "../sync-state/pending-changes.ts";
import { readSyncConfig } from "../sync-state/sync-config.ts";
import { lastSyncRuns } from "../sync-state/sync-runs.ts";
import { type DueSchedule, dueSchedules } from "./due-schedules.ts";
import { listRows } from "./list-rows.ts";

/** What one wants to know at a glance. */
export interface Today {
  /** Logged on this day of the calendar at the place where they were written, oldest first. */
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

export function readToday(
  db: Database.Database,
  { nowMs, zone, appVersion }: { nowMs: number; zone: Zone; appVersion: string },
): Today {
  const today = localDay(nowMs, zone);
  const moods = listRows(db, "MoodEntry", { limit: MAX_MOODS })
    .map((row) => row.entity as MoodEntry)
    .filter((mood) => dayOfMood(mood) === today)
    .reverse();
  const { lastSuccessAtMs, lastFailureAtMs, lastError } = lastSyncRuns(db);
  const hasFailed = lastFailureAtMs !== null && lastFailureAtMs > (lastSuccessAtMs ?? 0);
  return {
    moods,
    ...dueSchedules(db, { nowMs, zone }),
    sync: {
      enabled: readSyncConfig(db)?.enabled ?? false,
      lastSuccessAtMs,
      problem: hasFailed ? lastError : null,
      pending: countPending(db, appVersion).pending,
    },
  };
}

/** Number of the day on which a mood was logged, by the calendar of its place. */
function dayOfMood(mood: MoodEntry): number {
  const { ms, offsetMinutes } = parseTimestamp(mood.recorded_at)!;
  return localDay(ms, () => offsetMinutes);
}
