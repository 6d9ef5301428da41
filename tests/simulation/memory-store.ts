import { entityKey, versionKey } from "../../server/sync/content.ts";
import type { FoundingStore } from "../../server/sync/found-generation.ts";
import type { Generation } from "../../server/sync/generation.ts";
import { PLAIN_CONTENT } from "../../server/sync/plain-content.ts";
import type { PastVersion, StoredVersion, SyncStore, UserPosition } from "../../server/sync/store.ts";
import { START_NONCE } from "../../src/domain/protocol/cursor.ts";
import type { FoundingRequest, SealingInfo } from "../../src/domain/protocol/sealing-info.ts";

/** One user's rows. */
export interface Account {
  generation: Generation;
  /** What the device said that founded it; null: it was never founded. */
  founding: FoundingRequest | null;
  /** Whether rows of an earlier generation are kept. What they hold nobody asks for. */
  hasRetired: boolean;
  seq: number;
  /** What it takes, history and uploads included. */
  bytes: number;
  purgeHorizon: number;
  /** What stands, by entity, in seq order. */
  standing: Map<string, StoredVersion>;
  history: Map<string, PastVersion>;
  /** In seq order. */
  uploads: { firstSeq: number; lastSeq: number; nonce: string }[];
}

export type Backup = ReadonlyMap<string, Account>;

/** The server's versions without a database, held equal to PostgreSQL's by the test beside it. */
export interface MemoryStore extends SyncStore, FoundingStore {
  accountOf(userId: string): Account;
  /** A copy of everything, as a backup holds it. */
  backUp(): Promise<Backup>;
  /** Goes back to a backup. */
  restore(backup: Backup): Promise<void>;
  /** What the server says of an account's kind. */
  sealingOf(userId: string): SealingInfo;
  /** Removes what is retired. */
  removeRetired(userId: string): void;
  /** Removes the tombstones that were stored up to this time, and returns their seqs, in order. */
  purge(userId: string, storedUpToMs: number): Promise<number[]>;
}

export const NEVER_FOUNDED: Generation = { generation: 0, keyId: null, firstSeq: 0 };

export function createMemoryStore(
  nowMs: () => number,
  generationOf: (userId: string) => Generation = () => NEVER_FOUNDED,
): MemoryStore {
  let accounts = new Map<string, Account>();
  const accountOf = (userId: string): Account => {
    let account = accounts.get(userId);
    if (!account) {
      account = {
        ...{
          generation: generationOf(userId),
          founding: null,
          hasRetired: false,
          seq: 0,
          bytes: 0,
          purgeHorizon: 0,
        },
        ...{ standing: new Map(), history: new Map(), uploads: [] },
      };
      accounts.set(userId, account);
    }
    return account;
  };

  return {
    content: PLAIN_CONTENT,
    accountOf,
    backUp: async () => copyAccounts(accounts),
    async restore(backup) {
      accounts = copyAccounts(backup);
    },
    sealingOf: (userId) => infoOf(accountOf(userId)),
    removeRetired(userId) {
      accountOf(userId).hasRetired = false;
    },
    async readForFounding(userId, seqs) {
      const account = accountOf(userId);
      const bytes = { storedBytes: account.bytes, retiredBytes: 0 };
      return { ...positionOf(account, seqs, nowMs()), sealing: infoOf(account), ...bytes };
    },
    async commitFounding(userId, { request, readSeq, readBytes, nonce }) {
      const account = accountOf(userId);
      if (account.seq !== readSeq || account.bytes !== readBytes) return false;
      const seq = readSeq + 1;
      account.uploads.push({ firstSeq: seq, lastSeq: seq, nonce });
      account.hasRetired ||= account.standing.size + account.history.size > 0;
      account.standing.clear();
      account.history.clear();
      const { generation, key_id: keyId } = request;
      Object.assign(account, {
        seq,
        bytes: 0,
        generation: { generation, keyId, firstSeq: seq },
        founding: request,
      });
      return true;
    },
    async purge(userId, storedUpToMs) {
      const account = accountOf(userId);
      const purged: number[] = [];
      for (const [key, { deleted, storedAtMs, seq, bytes }] of account.standing) {
        if (!deleted || storedAtMs! > storedUpToMs) continue;
        account.standing.delete(key);
        account.bytes -= bytes;
        purged.push(seq);
      }
      account.purgeHorizon = Math.max(account.purgeHorizon, purged.at(-1) ?? 0);
      return purged;
    },

    async readForUpload(userId, { versions, seqs, maxBytes }) {
      const account = accountOf(userId);
      const standing = new Set<StoredVersion>();
      const outcomeByVersion = new Map<string, PastVersion["outcome"]>();
      const lookUp = (version: Parameters<typeof versionKey>[0]) => {
        const key = versionKey(version);
        const past = account.history.get(key);
        if (past) outcomeByVersion.set(key, past.outcome);
      };
      let standingBytes = 0;
      for (const version of versions) {
        lookUp(version);
        const stored = account.standing.get(entityKey(version));
        if (!stored || standing.has(stored)) continue;
        standing.add(stored);
        standingBytes += stored.bytes;
        lookUp(stored);
      }
      const stored = standingBytes > maxBytes ? [] : [...standing];
      const storedBytes = account.bytes;
      return {
        ...positionOf(account, seqs, nowMs()),
        storedBytes,
        standingBytes,
        stored,
        outcomeByVersion,
      };
    },

    async commitUpload(userId, { readSeq, readBytes, newSeq, newBytes, nonce, stored, history }) {
      const account = accountOf(userId);
      if (account.seq !== readSeq || account.bytes !== readBytes) return false;
      if (newSeq > readSeq) account.uploads.push({ firstSeq: readSeq + 1, lastSeq: newSeq, nonce });
      account.seq = newSeq;
      account.bytes = newBytes;
      const storedAtMs = nowMs();
      for (const version of stored) {
        const key = entityKey(version);
        account.standing.delete(key); // so that the map stays in seq order
        account.standing.set(key, storedAt(version, storedAtMs));
      }
      for (const kept of history) {
        const key = versionKey(kept.version);
        const known = account.history.get(key);
        if (known?.outcome === "replaced") continue;
        const { version, deviceId, storedAtMs: keptAtMs, bytes } = known ?? kept;
        const { outcome } = kept;
        account.history.set(key, { version, outcome, deviceId, storedAtMs: keptAtMs ?? storedAtMs, bytes });
      }
      return true;
    },

    async readPage(userId, { afterSeq, limit, maxBytes, seqs }) {
      const account = accountOf(userId);
      const versions: StoredVersion[] = [];
      let bytes = 0;
      let hasMore = false;
      let deletionsAhead = 0;
      for (const version of account.standing.values()) {
        if (version.seq <= afterSeq) continue;
        if (version.deleted) deletionsAhead++;
        bytes += version.bytes;
        const fits = versions.length < limit && (versions.length === 0 || bytes <= maxBytes);
        if (fits && !hasMore) versions.push(version);
        else hasMore = true;
      }
      const last = versions.at(-1);
      const lastNonce = last ? nonceOf(account, last.seq)! : null;
      return { ...positionOf(account, seqs, nowMs()), versions, hasMore, lastNonce, deletionsAhead };
    },
  };
}

/** Each field by name: objects made by spreading others keep V8 from learning their shape. */
function storedAt(stored: StoredVersion, storedAtMs: number): StoredVersion {
  if (!("entity" in stored)) return { ...(stored as StoredVersion), storedAtMs }; // a sealed one
  const { entityType, id, updatedAtMs, deleted, entity, contentHash, seq, deviceId, bytes } = stored;
  return { entityType, id, updatedAtMs, deleted, entity, contentHash, seq, deviceId, storedAtMs, bytes };
}

function infoOf({ generation: { generation, keyId }, founding, hasRetired }: Account): SealingInfo {
  return {
    ...{ generation, key_id: keyId, may_seal: true, has_retired: hasRetired },
    format: founding?.format ?? null,
    key_check: founding?.key_check ?? null,
    founded_at: founding?.founded_at ?? null,
    founded_by: founding?.device_id ?? null,
  };
}

function positionOf(account: Account, seqs: readonly number[], serverTimeMs: number): UserPosition {
  const nonceBySeq = new Map<number, string>();
  for (const seq of seqs) {
    const nonce = nonceOf(account, seq);
    if (nonce) nonceBySeq.set(seq, nonce);
  }
  return {
    generation: account.generation,
    head: { seq: account.seq, nonce: account.uploads.at(-1)?.nonce ?? START_NONCE },
    purgeHorizon: account.purgeHorizon,
    serverTimeMs,
    nonceBySeq,
  };
}

function nonceOf({ uploads }: Account, seq: number): string | undefined {
  return uploads.find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq)?.nonce;
}

function copyAccounts(accounts: Backup): Map<string, Account> {
  return new Map(
    [...accounts].map(([userId, account]) => [
      userId,
      {
        ...account,
        standing: new Map(account.standing),
        history: new Map(account.history),
        uploads: [...account.uploads],
      },
    ]),
  );
}
