import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import { type DueSchedule, dueSchedules, wasTakenSinceDue } from "../local/queries/due-schedules.ts";
import { isLastUsedDevice } from "../local/queries/last-used-device.ts";
import { countPending } from "../local/sync-state/pending-changes.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { lastSyncRuns } from "../local/sync-state/sync-runs.ts";
import type { Settings } from "../settings/definitions.ts";
import { type DailyLogSettings, dailyLogReminder } from "./daily-log.ts";
import type { DueAssessment } from "./decide-reminders.ts";

/** What the daemon needs to know of the database. A short process of its own reads it (`moodsync daemon snapshot`), so
 *  that the daemon keeps no database open. */
export interface Snapshot {
  /** Whether sync is set up. */
  enabled: boolean;
  endpointUrl: string | null;
  deviceId: string | null;
  /** When a sync last worked, whoever ran it, in ms since 1970; null: never. */
  lastSuccessAtMs: number | null;
  /** Changes that wait for the server and were not rejected by it. */
  pending: number;
  /** Assessments, and the day's mood where a reminder of it is set. */
  due: DueAssessment[];
  /** When the next of them comes due, in ms since 1970; null: none will. */
  nextDueAtMs: number | null;
  /** Whether the user wrote on this device last. True as well where there can be no other, or where nothing is due,
   *  so that nobody asks. */
  isLastUsedDevice: boolean;
}

/** The snapshot where there is no database yet, and nothing to be reminded of. */
export const EMPTY_SNAPSHOT: Snapshot = {
  enabled: false,
  endpointUrl: null,
  deviceId: null,
  lastSuccessAtMs: null,
  pending: 0,
  due: [],
  nextDueAtMs: null,
  isLastUsedDevice: true,
};

/** Reads a snapshot from the database; null: there is none yet. */
export function takeSnapshot(
  db: Database.Database | null,
  given: DailyLogSettings & { appVersion: string },
): Snapshot {
  const daily = dailyLogReminder(db, given);
  const log = daily.occurrence === null ? [] : [{ occurrence: daily.occurrence, name: null, isLog: true }];
  if (!db) return { ...EMPTY_SNAPSHOT, due: log, nextDueAtMs: daily.nextAtMs };
  const config = readSyncConfig(db);
  const { pending, rejected } = countPending(db, given.appVersion);
  const { due, next } = dueSchedules(db, given);
  const enabled = config?.enabled ?? false;
  return {
    enabled,
    endpointUrl: config?.endpointUrl ?? null,
    deviceId: config?.deviceId ?? null,
    lastSuccessAtMs: lastSyncRuns(db).lastSuccessAtMs,
    pending: pending - rejected,
    due: [...due.filter((schedule) => !wasTakenSinceDue(db, schedule)).map(toDueAssessment), ...log],
    nextDueAtMs: soonest(next?.dueAt.ms ?? null, daily.nextAtMs),
    isLastUsedDevice: due.length + log.length === 0 || !enabled || isLastUsedDevice(db),
  };
}

function soonest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function toDueAssessment({ id, assessmentType, dueAt }: DueSchedule): DueAssessment {
  return { occurrence: `${id} ${dueAt.ms}`, name: findInstrument(assessmentType)?.name ?? null };
}

/** The snapshot with what the user wants to be reminded of; null where that is nothing, ever. */
export function withWantedReminders(
  snapshot: Snapshot,
  { reminders, "reminders.daily": daily }: Pick<Settings, "reminders" | "reminders.daily">,
): Snapshot | null {
  if (reminders) return snapshot;
  return daily === "off" ? null : { ...snapshot, due: snapshot.due.filter(({ isLog }) => isLog) };
}

/** Reads what `moodsync daemon snapshot` printed. Null for anything else. */
export function parseSnapshot(text: string): Snapshot | null {
  try {
    const snapshot = JSON.parse(text);
    return typeof snapshot?.enabled === "boolean" && Array.isArray(snapshot.due) ? snapshot : null;
  } catch {
    return null;
  }
}
