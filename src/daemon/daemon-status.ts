import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../files/private-file.ts";
import type { DaemonState, Moment } from "./daemon-state.ts";
import type { SyncResult } from "./sync-plan.ts";

/** What a running daemon says of itself. Times are UTC. It is true only while the daemon's lock is held. */
export interface DaemonStatus {
  pid: number;
  version: string;
  started_at: string;
  interval_minutes: number;
  /** Whether the daemon could read the database; null: it has not tried yet, so what follows is not known. */
  database_read: boolean | null;
  /** Why nothing is sent; null: nothing is wrong. */
  halted: "not_configured" | "key_rejected" | null;
  last_sync_at: string | null;
  last_sync: SyncResult | null;
  /** Syncs that failed since one succeeded. */
  failures: number;
  next_sync_at: string | null;
  reminders: boolean;
  /** Why a reminder could not be shown; null: none failed. */
  reminder_problem: string | null;
}

interface RunningDaemon {
  pid: number;
  version: string;
  startedAtMs: number;
}

/** The status that belongs to a state. */
export function describeDaemon(
  { settings, plan, snapshot, isDatabaseReadable, lastSync, reminderProblem }: DaemonState,
  daemon: RunningDaemon,
  { wallMs, monotonicMs }: Moment,
): DaemonStatus {
  const time = (ms: number) => new Date(Math.round(ms)).toISOString();
  return {
    pid: daemon.pid,
    version: daemon.version,
    started_at: time(daemon.startedAtMs),
    interval_minutes: settings["sync.interval"],
    database_read: isDatabaseReadable,
    halted: snapshot === null ? null : plan.halted, // a plan starts as "not_configured" before anything is known
    last_sync_at: lastSync && time(lastSync.wallMs),
    last_sync: lastSync?.result ?? null,
    failures: plan.failures,
    next_sync_at: plan.syncAtMs === null ? null : time(wallMs + plan.syncAtMs - monotonicMs),
    reminders: settings.reminders,
    reminder_problem: reminderProblem,
  };
}

const statusFile = (stateDir: string) => join(stateDir, "daemon.json");

export function writeDaemonStatus(stateDir: string, status: DaemonStatus): void {
  writePrivateFile(statusFile(stateDir), `${JSON.stringify(status)}\n`);
}

/** Keeps what `moodsync daemon status` shows true: `update` writes it where that is no longer so. */
export function createStatusFile(stateDir: string, daemon: RunningDaemon) {
  let written = "";
  return {
    update(state: DaemonState, moment: Moment): void {
      const { plan, lastSync, settings, reminderProblem, isDatabaseReadable } = state;
      const text = JSON.stringify([plan, lastSync, settings, reminderProblem, isDatabaseReadable]);
      if (text === written) return;
      written = text;
      try {
        writeDaemonStatus(stateDir, describeDaemon(state, daemon, moment));
      } catch {
        // A full disk must not end the daemon; the next change tries again.
      }
    },
  };
}

/** Null where there is none, or none that can be read. */
export function readDaemonStatus(stateDir: string): DaemonStatus | null {
  try {
    const status = JSON.parse(readFileSync(statusFile(stateDir), "utf8"));
    return Number.isInteger(status?.pid) && status.pid >= 1 ? status : null;
  } catch {
    return null;
  }
}

export function removeDaemonStatus(stateDir: string): void {
  rmSync(statusFile(stateDir), { force: true });
}
