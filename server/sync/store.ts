import type { AnyVersion, Content, Kind } from "./content.ts";
import type { Generation } from "./generation.ts";
import type { Plain } from "./plain-content.ts";

/** A version that stands, with its place in the user's order of changes. */
export type StoredVersion<V extends AnyVersion = Plain["version"]> = V & {
  seq: number;
  deviceId: string;
  /** The server's time; null for one that is being stored. */
  storedAtMs: number | null;
  /** What it takes; see `storedBytes`. */
  bytes: number;
};

/** A version that history keeps: it stood and was overwritten, or it never stood. */
export interface PastVersion<V extends AnyVersion = Plain["version"]> {
  version: V;
  outcome: "replaced" | "lost";
  deviceId: string;
  storedAtMs: number | null;
  bytes: number;
}

/** The end of a user's order of changes; `seq` 0 before the first. */
export interface Head {
  seq: number;
  nonce: string;
}

/** What cursors are checked against, from the same snapshot as the versions beside it. */
export interface UserPosition {
  generation: Generation;
  head: Head;
  /** The highest seq among the tombstones that a purge has removed: a cursor before it may have missed one. */
  purgeHorizon: number;
  /** The store's clock, in ms. */
  serverTimeMs: number;
  /** The nonce of the upload that wrote a seq, for those asked about that exist. */
  nonceBySeq: ReadonlyMap<number, string>;
}

export interface AskedForUpload<V extends AnyVersion = Plain["version"]> {
  /** Of the key that the upload came with; null: nobody's, in tests. */
  keyId: string | null;
  /** Those uploaded. */
  versions: readonly V[];
  /** Whose nonces are asked for. */
  seqs: readonly number[];
  /** Most that the versions that stand may take together. */
  maxBytes: number;
}

export interface UploadSnapshot<V extends AnyVersion = Plain["version"]> extends UserPosition {
  /** What the account takes, history and uploads included, in bytes. */
  storedBytes: number;
  /** What the versions that stand of the entities asked about take together. */
  standingBytes: number;
  /** Those versions; none where they take more than was asked for. */
  stored: StoredVersion<V>[];
  /** Which of the versions asked about, and of those that stand, history holds: `versionKey` → outcome. */
  outcomeByVersion: ReadonlyMap<string, PastVersion["outcome"]>;
}

export interface UploadCommit<V extends AnyVersion = Plain["version"]> {
  deviceId: string;
  /** Of the key that the upload came with, which must still be valid; null: nobody's, in tests. */
  keyId: string | null;
  /** The head that the decisions were made on. */
  readSeq: number;
  /** What the account took then, and takes now. */
  readBytes: number;
  newBytes: number;
  /** The new head; equal to `readSeq` when only history is written. */
  newSeq: number;
  nonce: string;
  /** At most one per entity. */
  stored: StoredVersion<V>[];
  /** Each version at most once. */
  history: PastVersion<V>[];
  appliedCount: number;
  conflictCount: number;
}

export interface Page<V extends AnyVersion = Plain["version"]> extends UserPosition {
  /** In seq order. */
  versions: StoredVersion<V>[];
  hasMore: boolean;
  /** Of the upload that wrote the last version of the page. */
  lastNonce: string | null;
  /** Tombstones after the page's beginning. */
  deletionsAhead: number;
}

/** The authoritative copy of every user's versions of one kind. Each method is one statement on one snapshot; all of them
 *  only ever see rows of `userId`, and of the generation that the content is of. */
export interface SyncStore<K extends Kind = Plain> {
  content: Content<K>;
  /** Throws `RevokedKey` where the key is not valid. */
  readForUpload(userId: string, asked: AskedForUpload<K["version"]>): Promise<UploadSnapshot<K["version"]>>;
  /** Compares and swaps the head and the bytes: false, with nothing changed, when another upload came first. Throws
   *  `RevokedKey` when the key was revoked meanwhile. */
  commitUpload(userId: string, commit: UploadCommit<K["version"]>): Promise<boolean>;
  readPage(
    userId: string,
    asked: { afterSeq: number; limit: number; maxBytes: number; seqs: readonly number[] },
  ): Promise<Page<K["version"]>>;
}
