import {
  type HistoryVersion,
  type StoredVersion,
  type SyncStore,
  type UserPosition,
  versionKey,
} from "../../server/sync/store.ts";
import { START_NONCE } from "../../src/domain/cursor.ts";

interface Account {
  seq: number;
  purgeFloor: number;
  standing: Map<string, StoredVersion>;
  history: Map<string, HistoryVersion>;
  uploads: { firstSeq: number; lastSeq: number; nonce: string }[];
}

export interface MemorySyncStore extends SyncStore {
  account(userId: string): Account;
}

/** The server's versions without a database, with the same guarantees. */
export function createMemorySyncStore(nowMs: () => number): MemorySyncStore {
  const accounts = new Map<string, Account>();
  const account = (userId: string): Account => {
    const found = accounts.get(userId);
    if (found) return found;
    const made = { seq: 0, purgeFloor: 0, standing: new Map(), history: new Map(), uploads: [] };
    accounts.set(userId, made);
    return made;
  };
  const nonceOf = ({ uploads }: Account, seq: number) =>
    uploads.find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq)?.nonce;
  const position = (of: Account, seqs: readonly number[]): UserPosition => ({
    head: { seq: of.seq, nonce: nonceOf(of, of.seq) ?? START_NONCE },
    purgeFloor: of.purgeFloor,
    serverTimeMs: nowMs(),
    nonceBySeq: new Map(seqs.flatMap((seq) => (nonceOf(of, seq) ? [[seq, nonceOf(of, seq)!] as const] : []))),
  });

  return {
    account,
    async readForUpload(userId, { versions, seqs }) {
      const of = account(userId);
      const keys = new Set(versions.map((version) => `${version.entityType}/${version.id}`));
      const known = versions.flatMap((version) => of.history.get(versionKey(version)) ?? []);
      return {
        ...position(of, seqs),
        stored: [...keys].flatMap((key) => of.standing.get(key) ?? []),
        outcomeByVersion: new Map(known.map(({ version, outcome }) => [versionKey(version), outcome])),
      };
    },
    async commitUpload(userId, commit) {
      const of = account(userId);
      if (of.seq !== commit.readSeq) return false;
      if (commit.newSeq > of.seq) {
        of.uploads.push({ firstSeq: of.seq + 1, lastSeq: commit.newSeq, nonce: commit.nonce });
      }
      of.seq = commit.newSeq;
      const storedAtMs = nowMs();
      for (const version of commit.stored) {
        of.standing.set(`${version.entityType}/${version.id}`, { ...version, storedAtMs });
      }
      for (const kept of commit.history) {
        of.history.set(versionKey(kept.version), { ...kept, storedAtMs: kept.storedAtMs ?? storedAtMs });
      }
      return true;
    },
    async readPage(userId, { afterSeq, limit, maxBytes, seqs }) {
      const of = account(userId);
      const ahead = [...of.standing.values()]
        .filter(({ seq }) => seq > afterSeq)
        .sort((a, b) => a.seq - b.seq);
      let bytes = 0;
      const versions = ahead.slice(0, limit).filter(({ entity }, place) => {
        bytes += 200 + Buffer.byteLength(JSON.stringify(entity) ?? "");
        return place === 0 || bytes <= maxBytes;
      });
      const last = versions.at(-1);
      return {
        ...position(of, seqs),
        versions,
        hasMore: versions.length < ahead.length,
        lastNonce: last ? nonceOf(of, last.seq)! : null,
        deletionsAhead: ahead.filter(({ deleted }) => deleted).length,
      };
    },
  };
}
