import { type Content, entityKey, versionKey } from "../../server/sync/content.ts";
import type { Plain } from "../../server/sync/plain-content.ts";
import type { SyncStore } from "../../server/sync/store.ts";
import { MAX_CLOCK_LEAD_MS } from "../../src/domain/limits.ts";
import type { SyncDownloadRequest } from "../../src/domain/protocol/download.ts";
import type { FoundingRequest } from "../../src/domain/protocol/sealing-info.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import type { SyncUploadRequest } from "../../src/domain/protocol/upload.ts";
import type { Product } from "./load-simulation.ts";
import type { Backup, MemoryStore } from "./memory-store.ts";
import type { Sealing } from "./sealing.ts";
import { BrokenPromise } from "./world.ts";

/** The server's own upload and download over the store in memory. */
export interface SimulatedServer {
  store: MemoryStore;
  upload(userId: string, request: SyncUploadRequest): ReturnType<Product["upload"]>;
  download(userId: string, request: SyncDownloadRequest): ReturnType<Product["download"]>;
  found(userId: string, request: FoundingRequest): ReturnType<Product["storeFounding"]>;
  /** Whether this very upload was accepted, since the server last went back. */
  hasMerged(request: SyncUploadRequest): boolean;
  /** Whether this change was ever refused because its time lies ahead. */
  hasRefusedClock(userId: string, change: SyncChange): boolean;
  /** What happens elsewhere the next time that an upload was decided and is not yet stored. */
  meanwhile(happens: (() => Promise<void>) | null): void;
  /** Goes back to a backup, unless an upload is being decided: a server is stopped before its database is replaced. */
  restore(backup: Backup): Promise<void>;
  /** Number of versions that were stored so far. */
  storedCount(): number;
}

/** Makes a store that answers as the given one does, and checks that another does, too. */
export type Mirror = (store: MemoryStore) => MemoryStore;

export function createServer(
  product: Product,
  { nowMs, sealing, mirror }: { nowMs: () => number; sealing: Sealing; mirror: Mirror | undefined },
): SimulatedServer {
  const memory = product.createMemoryStore(nowMs, sealing.generationOf);
  const store = mirror?.(memory) ?? memory;
  let waiting: (() => Promise<void>) | null = null;
  let nonces = 0;
  let stored = 0;
  let deciding = 0;
  const merged = new Set<SyncUploadRequest>();
  const refusedForClock = new Set<string>();

  const watched: SyncStore = {
    content: store.content,
    readPage: store.readPage,
    async readForUpload(userId, asked) {
      const snapshot = await store.readForUpload(userId, asked);
      const happens = waiting;
      waiting = null;
      deciding++;
      await happens?.();
      deciding--;
      return snapshot;
    },
    async commitUpload(userId, commit) {
      const { standing } = store.accountOf(userId);
      const before = commit.stored.map((version) => standing.get(entityKey(version)));
      if (!(await store.commitUpload(userId, commit))) return false;
      stored += commit.stored.length;
      const { history } = store.accountOf(userId);
      commit.stored.forEach((version, index) => {
        const replaced = before[index];
        if (version.updatedAtMs > Math.max(nowMs() + MAX_CLOCK_LEAD_MS, (replaced?.updatedAtMs ?? 0) + 1)) {
          throw new BrokenPromise("a clock that is ahead won");
        }
        if (!replaced) return;
        if (replaced.updatedAtMs >= version.updatedAtMs)
          throw new BrokenPromise("an older version replaced a newer one");
        if (history.get(versionKey(replaced))?.outcome !== "replaced")
          throw new BrokenPromise("a replaced version is not in history");
      });
      return true;
    },
  };
  /** As the routes do: what a device seals with, it says. */
  const contextOf = (request: object) => ({
    store: { ...watched, content: contentOf(product, request) },
    newNonce: () => (++nonces).toString(16).padStart(32, "a"),
    pause: async () => {},
  });
  return {
    store,
    async upload(userId, request) {
      const outcome = await product.upload(contextOf(request), userId, request);
      if (outcome.status !== "accepted") return outcome;
      Object.assign(outcome.response, generationOf(request));
      merged.add(request);
      const refused = outcome.response.conflicts.filter(({ reason }) => reason === "clock_skew");
      for (const { entity_type, id } of refused) {
        const change = request.changes.find((sent) => sent.entity_type === entity_type && sent.id === id)!;
        refusedForClock.add(nameOf(userId, change));
      }
      return outcome;
    },
    found: (userId, request) =>
      product.storeFounding(
        { store, newNonce: () => (++nonces).toString(16).padStart(32, "a"), pause: async () => {} },
        userId,
        request,
      ),
    hasMerged: (request) => merged.has(request),
    hasRefusedClock: (userId, change) => refusedForClock.has(nameOf(userId, change)),
    async download(userId, request) {
      const outcome = await product.download(contextOf(request), userId, request);
      if (outcome.status === "page") Object.assign(outcome.response, generationOf(request));
      return outcome;
    },
    meanwhile(happens) {
      waiting = happens;
    },
    async restore(backup) {
      if (deciding > 0) return;
      merged.clear();
      await store.restore(backup);
    },
    storedCount: () => stored,
  };
}

function contentOf({ PLAIN_CONTENT, sealedContent }: Product, request: object): Content<Plain> {
  if (!isSealed(request)) return PLAIN_CONTENT;
  const content = sealedContent({ generation: request.generation, keyId: request.key_id });
  return content as unknown as Content<Plain>;
}

function generationOf(request: object): { generation?: number } {
  return isSealed(request) ? { generation: request.generation } : {};
}

function isSealed(request: object): request is { generation: number; key_id: string } {
  return "generation" in request;
}

function nameOf(userId: string, { entity_type, id, updated_at }: SyncChange): string {
  return `${userId}/${entity_type}/${id}/${updated_at}`;
}
