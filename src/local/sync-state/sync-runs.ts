import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** How one sync ended. */
export interface SyncRun {
  startedAtMs: number;
  finishedAtMs: number;
  status: "ok" | "partial" | "failed";
  uploaded: number;
  downloaded: number;
  conflicts: number;
  pending: number;
  rejected: number;
  /** Of a failure: the stable code, and one sentence without a value of the user's. */
  errorCode: string | null;
  error: string | null;
}

/** Syncs that are remembered; the last success and the last failure always are. */
const KEPT_RUNS = 200;

export function recordSyncRun(db: Database.Database, run: SyncRun): void {
  const { lastInsertRowid } = statement(
    db,
    `insert into sync_runs
       (started_at, finished_at, status, uploaded, downloaded, conflicts, pending, rejected, error_code, error)
     values (@startedAtMs, @finishedAtMs, @status, @uploaded, @downloaded, @conflicts, @pending, @rejected,
       @errorCode, @error)`,
  ).run(run);
  statement(
    db,
    `delete from sync_runs
     where id <= ?
       and id not in (select max(id) from sync_runs group by status = 'failed')`,
  ).run(Number(lastInsertRowid) - KEPT_RUNS);
}

/** When sync last succeeded (in part too) and last failed, in ms, and why; null: never. `failing`: the code of the
 *  last sync of all, where that failed. */
export function lastSyncRuns(db: Database.Database): {
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastError: string | null;
  failing: string | null;
} {
  const last = (condition: string) =>
    statement(
      db,
      `select id, finished_at, error, error_code from sync_runs where ${condition} order by id desc limit 1`,
    ).get() as
      | { id: number; finished_at: number; error: string | null; error_code: string | null }
      | undefined;
  const success = last("status <> 'failed'");
  const failure = last("status = 'failed'");
  return {
    lastSuccessAtMs: success?.finished_at ?? null,
    lastFailureAtMs: failure?.finished_at ?? null,
    lastError: failure?.error ?? null,
    failing: failure && failure.id > (success?.id ?? 0) ? failure.error_code : null,
  };
}

/** How many syncs this database has recorded since it was made. */
export function lastRunNumber(db: Database.Database): number {
  const row = statement(db, "select max(id) as last from sync_runs").get() as { last: number | null };
  return row.last ?? 0;
}
