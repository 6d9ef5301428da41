import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the daemon may write down: nothing of what a user entered, no id of an entity, no address. */
export interface DaemonEvent {
  event:
    | "started"
    | "stopped"
    | "settings read"
    | "synced"
    | "sync failed"
    | "sync stopped"
    | "server back"
    | "clock jumped"
    | "reminded"
    | "reminder failed"
    | "snapshot failed"
    | "home gone";
  pid?: number;
  version?: string;
  /** Why: the daemon's own words, a signal, or a stable error code. */
  reason?: string;
  exit_code?: number | null;
  uploaded?: number;
  downloaded?: number;
  conflicts?: number;
  pending?: number;
  rejected?: number;
  duration_ms?: number;
  /** Milliseconds until the next sync. */
  next_ms?: number;
  count?: number;
}

/** The same with its time, as a line of the log holds it. */
export type LoggedEvent = DaemonEvent & { time: string };

/** A file and one older of this size each are kept. */
const MAX_BYTES = 256 * 1024;

export const daemonLogFile = (stateDir: string) => join(stateDir, "daemon.log");

/** Adds a line of JSON. A log that cannot be written stops nothing, and a directory that was removed stays so. */
export function logEvent(stateDir: string, event: DaemonEvent, nowMs: number): void {
  const file = daemonLogFile(stateDir);
  const line = JSON.stringify({ time: new Date(nowMs).toISOString(), ...event });
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
    appendFileSync(file, `${line}\n`, { mode: 0o600 });
  } catch {}
}

/** The last `count` events, oldest first. */
export function readLog(stateDir: string, count: number): LoggedEvent[] {
  const file = daemonLogFile(stateDir);
  const lines = [`${file}.1`, file]
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line !== "");
  return lines.slice(-count).flatMap(parseLine);
}

/** A line that a crash cut off is left out. */
function parseLine(line: string): LoggedEvent[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
