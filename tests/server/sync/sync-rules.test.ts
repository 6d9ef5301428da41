import { randomUUID } from "node:crypto";
import { describeSyncRules } from "../../helpers/sync/sync-rules.ts";
import { syncAccount } from "../../helpers/sync/sync-server.ts";
import { createMemoryStore } from "../../simulation/memory-store.ts";

const store = createMemoryStore(Date.now);

describeSyncRules("the in-memory store", { readsContent: true }, () => ({
  storeOf: () => store,
  accountOn: syncAccount,
  toStored: (_, version) => version,
  newAccount: async () => syncAccount(store, randomUUID()),
  purge: async (userId, upToSeq) => {
    const account = store.accountOf(userId);
    account.purgeHorizon = upToSeq;
    for (const [key, { deleted, seq }] of account.standing) {
      if (deleted && seq <= upToSeq) account.standing.delete(key);
    }
  },
  restore: async (userId, uploads) => {
    const account = store.accountOf(userId);
    account.uploads = account.uploads.slice(0, uploads);
    account.seq = account.uploads.at(-1)?.lastSeq ?? 0;
    for (const [key, { seq }] of account.standing) if (seq > account.seq) account.standing.delete(key);
  },
  history: async (userId) =>
    [...store.accountOf(userId).history.values()]
      .map(({ outcome, version }): [string, string | null] => [
        outcome,
        (version.entity as { note?: string } | null)?.note ?? null,
      ])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
}));
