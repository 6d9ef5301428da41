import { randomUUID } from "node:crypto";
import { createSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { ALL_ABILITIES } from "../../../src/sync/exchange/abilities.ts";
import { createDeletionGuard } from "../../../src/sync/exchange/deletion-guard.ts";
import { DEFAULT_SYNC_LIMITS, type SyncSession } from "../../../src/sync/exchange/sync-session.ts";
import type { SyncTransport } from "../../../src/sync/exchange/transport.ts";
import { openTemporaryStore } from "../device/open-store.ts";

const NO_SERVER: SyncTransport = {
  upload: () => Promise.reject(new Error("no server")),
  download: () => Promise.reject(new Error("no server")),
};

/** An empty store of a device that syncs over a transport of the test's own. */
export function openSyncSession(given: {
  nowMs: () => number;
  transport?: SyncTransport;
  limits?: Partial<SyncSession["limits"]>;
}) {
  const store = openTemporaryStore();
  createSyncConfig(store.db, randomUUID());
  const limits = { ...DEFAULT_SYNC_LIMITS, ...given.limits };
  const session: SyncSession = {
    db: store.db,
    databaseFile: null,
    transport: given.transport ?? NO_SERVER,
    nowMs: given.nowMs,
    appVersion: "1",
    abilities: ALL_ABILITIES,
    guard: createDeletionGuard(store.db, false),
    limits,
    sizes: { ...limits },
    clockSkewMs: null,
    stopped: new Map(),
    counts: { uploaded: 0, downloaded: 0, conflicts: 0 },
    notices: new Set(),
    onProgress: () => {},
  };
  return { ...store, session };
}
