import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { readSyncConfig, updateSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import type { SyncTransport } from "../../../src/sync/exchange/transport.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";

const refusal = { status: "resync_required", reason: "unknown_cursor" } as const;
const REFUSING: SyncTransport = { upload: async () => refusal, download: async () => refusal };

test("the database is backed up before a resync, once, however often the server refuses", async () => {
  const { session, home, directory, db, remove } = openSyncSession({ nowMs: () => 0, transport: REFUSING });
  try {
    session.databaseFile = databaseFile(home);
    updateSyncConfig(db, { cursor: "of-another-server" });
    for (let sync = 0; sync < 2; sync++) {
      await expect(syncOnce(session)).rejects.toThrow("The server rejects its own cursors.");
    }
    expect(readSyncConfig(db)!.cursor).toBeNull();
    const backups = readdirSync(join(directory, "backups"));
    expect(backups).toHaveLength(1);
    const backup = openSqlite(join(directory, "backups", backups[0]!), { readonly: true });
    expect(readSyncConfig(backup)!.cursor).toBe("of-another-server");
    backup.close();
  } finally {
    remove();
  }
});
