// What the simulation runs of the product: the entry of the bundles that `clients.ts` builds, with or without
// patches. Every part that a bundle shares with another (a cache, a queue) would hide what a patch does, so each has
// its own copy.

export { download } from "../../server/sync/download.ts";
export { upload } from "../../server/sync/upload.ts";
export { isEntityType } from "../../src/domain/entity-type.ts";
export { migrate } from "../../src/local/migrate.ts";
export { hasOutgoing } from "../../src/local/pending-changes.ts";
export { readRow } from "../../src/local/rows.ts";
export { statement } from "../../src/local/statements.ts";
export { createSyncConfig, readSyncConfig, updateSyncConfig } from "../../src/local/sync-config.ts";
export { writeAs } from "../../src/local/write.ts";
export { createDeletionGuard } from "../../src/sync/deletion-guard.ts";
export { syncOnce } from "../../src/sync/sync-once.ts";
export { createMemoryStore } from "./memory-store.ts";
