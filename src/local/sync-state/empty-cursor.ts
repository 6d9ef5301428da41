import type Database from "better-sqlite3";
import { markAllDeferredPending } from "./deferred-changes.ts";
import { clearDeliveredMarks } from "./full-download-marks.ts";
import { markAllPending } from "./pending-changes.ts";
import { updateSyncConfig } from "./sync-config.ts";

/** Forgets the place in the server's history: every row, tombstones and deferred changes too, is pending again.
 *  Runs inside the caller's transaction. */
export function emptyCursor(db: Database.Database): void {
  markAllPending(db);
  markAllDeferredPending(db);
  clearDeliveredMarks(db);
  updateSyncConfig(db, { cursor: null, seenCursor: null, fullDownload: "none" });
}
