import type { ResyncReason } from "../../domain/protocol/error-code.ts";
import { backUp } from "../../local/storage/backup.ts";
import { transaction } from "../../local/storage/database.ts";
import { emptyCursor } from "../../local/sync-state/empty-cursor.ts";
import { clearDeliveredMarks } from "../../local/sync-state/full-download-marks.ts";
import { readSyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { SyncSession } from "./sync-session.ts";

/** Prepares a full exchange after the server did not accept a cursor. The cycle then downloads to the end first. */
export function prepareResync(session: SyncSession, reason: ResyncReason): void {
  switch (reason) {
    case "unknown_cursor":
      backUpOnce(session);
      transaction(session.db, () => emptyCursor(session.db));
      session.notices.add(
        "The server does not remember this device's last sync (it was restored or replaced), so everything was compared again.",
      );
      return;
    case "cursor_expired":
      transaction(session.db, () => {
        clearDeliveredMarks(session.db);
        updateSyncConfig(session.db, { cursor: null, fullDownload: "expired" });
      });
      session.notices.add("This device was away for so long that everything was downloaded again.");
  }
}

/** Before the first resync only: after it the cursor stays empty until a page is stored, and a server that goes on
 *  rejecting it must not fill the disk with copies. */
function backUpOnce({ db, databaseFile }: SyncSession): void {
  const { cursor, seenCursor } = readSyncConfig(db)!;
  if (databaseFile && (cursor ?? seenCursor) !== null) backUp(db, databaseFile, "before-resync");
}
