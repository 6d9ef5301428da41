import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CONFLICT_REASONS } from "../../../src/domain/protocol/conflict.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import type { SyncUploadRequest } from "../../../src/domain/protocol/upload.ts";
import { liveVersion, versionToChange } from "../../../src/domain/versions/version.ts";
import { deferChange } from "../../../src/local/sync-state/deferred-changes.ts";
import { emptyCursor } from "../../../src/local/sync-state/empty-cursor.ts";
import { hasOutgoing } from "../../../src/local/sync-state/pending-changes.ts";
import { updateSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import { moodEntry } from "../../helpers/sync/merge-cases.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const WEATHER: SyncChange = {
  entity_type: "Weather",
  id: randomUUID(),
  updated_at: "2026-11-22T11:00:00.000Z",
  deleted: false,
  data: { rain: true },
};

let device: ReturnType<typeof openSyncSession>;
let uploads: SyncUploadRequest[];
/** Why the server does not take what it gets; null: it does. */
let reason: string | null;
beforeEach(() => {
  uploads = [];
  reason = null;
  device = openSyncSession({
    nowMs: () => NOW,
    transport: {
      upload: async (request) => {
        uploads.push(request);
        const conflicts = request.changes.flatMap(({ entity_type, id }) =>
          reason === null ? [] : [{ entity_type, id, reason }],
        );
        const applied_ids = reason === null ? request.changes.map(({ id }) => id) : [];
        return { status: "ok", response: { server_cursor: "c", head_cursor: "c", applied_ids, conflicts } };
      },
      download: async () => ({
        status: "ok",
        response: { server_cursor: "c", changes: [], has_more: false },
      }),
    },
  });
});
afterEach(() => device.remove());

/** A change that this device has put aside, and that its server has lost. */
function deferAndResync(change = WEATHER): void {
  deferChange(device.db, change, { appVersion: "1", nowMs: NOW });
  emptyCursor(device.db);
  updateSyncConfig(device.db, { cursor: "c" });
}

async function syncAs(appVersion: string): Promise<SyncChange[]> {
  uploads = [];
  device.session.appVersion = appVersion;
  await syncOnce(device.session);
  return uploads.flatMap(({ changes }) => changes);
}

test("what the server takes back is sent once", async () => {
  deferAndResync();
  expect(await syncAs("1")).toEqual([WEATHER]);
  expect(hasOutgoing(device.db)).toBe(false);
});

test.each(["invalid", "unsupported_entity_type", "a_word_of_a_later_server"])(
  "what the server rejects as %s does not count as stored, and waits for another version of moodsync",
  async (word) => {
    reason = word;
    deferAndResync();
    expect(await syncAs("1")).toEqual([WEATHER]);
    expect(await syncAs("1")).toEqual([]);
    expect(hasOutgoing(device.db)).toBe(true);
    reason = null;
    expect(await syncAs("2")).toEqual([WEATHER]);
    expect(hasOutgoing(device.db)).toBe(false);
  },
);

test("what is too early for the server's clock is sent again by the next sync", async () => {
  reason = CONFLICT_REASONS.at(-1)!;
  expect(reason).toBe("clock_skew");
  deferAndResync();
  await syncAs("1");
  reason = null;
  expect(await syncAs("1")).toEqual([WEATHER]);
});

test("what a later version can read is sent as well, where the server has lost it", async () => {
  const mood = versionToChange(liveVersion("MoodEntry", moodEntry({ id: randomUUID(), updatedAtMs: NOW })));
  deferAndResync(mood);
  expect(await syncAs("2")).toMatchObject([{ id: mood.id, data: mood.data }]);
  expect(hasOutgoing(device.db)).toBe(false);
});
