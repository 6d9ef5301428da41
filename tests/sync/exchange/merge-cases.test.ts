import { afterEach, beforeEach, expect, test } from "vitest";
import { versionToChange } from "../../../src/domain/versions/version.ts";
import { transaction } from "../../../src/local/storage/database.ts";
import { isPending, readRow, storeVersion } from "../../../src/local/versions/rows.ts";
import { applyDownloadResponse } from "../../../src/sync/exchange/apply-download-response.ts";
import { mergeCases } from "../../helpers/sync/merge-cases.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
let device: ReturnType<typeof openSyncSession>;

beforeEach(() => {
  device = openSyncSession({ nowMs: () => NOW });
});
afterEach(() => device.remove());

for (const { name, stored, change, device: decision } of mergeCases(NOW)) {
  test(`SQLite: ${name}`, () => {
    const { db } = device;
    const marks = { revision: 1, ackedRevision: 1, base: change };
    if (stored) transaction(db, () => storeVersion(db, change, marks));
    const remote = stored ?? change;
    applyDownloadResponse(device.session, {
      server_cursor: "c",
      changes: [versionToChange(remote)],
      has_more: false,
    });

    const row = readRow(db, "MoodEntry", change.id)!;
    const standing = decision === "keep_and_repair" ? change : remote;
    expect(row).toMatchObject({ updatedAtMs: standing.updatedAtMs, deleted: standing.deleted });
    expect(row.contentHash).toBe(standing.contentHash);
    expect(isPending(row)).toBe(decision === "keep_and_repair");
    expect(device.session.counts.downloaded).toBe(decision === undefined || decision === "take" ? 1 : 0);
  });
}
