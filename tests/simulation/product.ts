// What the simulation runs of the product: the entry of the bundles that `load-simulation.ts` builds, with or without
// patches. Every part that a bundle shares with another (a cache, a queue) would hide what a patch does, so each has
// its own copy.

export { download } from "../../server/sync/download.ts";
export { foundGeneration as storeFounding } from "../../server/sync/found-generation.ts";
export { PLAIN_CONTENT } from "../../server/sync/plain-content.ts";
export { sealedContent } from "../../server/sync/sealed-content.ts";
export { upload } from "../../server/sync/upload.ts";
export { digestOf } from "../../src/domain/protocol/digest.ts";
export { parseChange } from "../../src/domain/protocol/parse-change.ts";
export { migrate } from "../../src/local/storage/migrate.ts";
export { statement } from "../../src/local/storage/statements.ts";
export { hasOutgoing } from "../../src/local/sync-state/pending-changes.ts";
export {
  createSyncConfig,
  readSyncConfig,
  updateSyncConfig,
} from "../../src/local/sync-state/sync-config.ts";
export { listHistory } from "../../src/local/versions/history.ts";
export { readRow } from "../../src/local/versions/rows.ts";
export { writeAs } from "../../src/local/versions/write.ts";
export { openChange } from "../../src/sealing/open-change.ts";
export { sealChange } from "../../src/sealing/seal-change.ts";
export { openText } from "../../src/sealing/sealed-text.ts";
export { SealingKey } from "../../src/sealing/sealing-key.ts";
export { deriveSealingKeys } from "../../src/sealing/sealing-keys.ts";
export { createDeletionGuard } from "../../src/sync/exchange/deletion-guard.ts";
export { syncOnce } from "../../src/sync/exchange/sync-once.ts";
export { OtherGeneration } from "../../src/sync/http/answer-meaning.ts";
export { takeKey } from "../../src/sync/sealed/enter-key.ts";
export { followGeneration } from "../../src/sync/sealed/follow-generation.ts";
export { finishFounding, foundGeneration } from "../../src/sync/sealed/found-generation.ts";
export { openSealingKeys } from "../../src/sync/sealed/generation.ts";
export { foundAtHead, takePlain } from "../../src/sync/sealed/seal-account.ts";
export { createSealedTransport } from "../../src/sync/sealed/sealed-transport.ts";
export { createMemoryStore } from "./memory-store.ts";
