import type Database from "better-sqlite3";
import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { Abilities } from "./abilities.ts";
import type { DeletionGuard } from "./deletion-guard.ts";
import type { SyncTransport } from "./transport.ts";

/** What one sync works with, and what it counts. */
export interface SyncSession {
  db: Database.Database;
  /** Path of the database, for the backup before a resync. Null for one in memory. */
  databaseFile: string | null;
  transport: SyncTransport;
  /** Milliseconds since 1970 by this device's clock. */
  nowMs(): number;
  /** Version of moodsync: what it cannot read or send is tried again by another one. */
  appVersion: string;
  abilities: Abilities;
  guard: DeletionGuard;
  limits: SyncLimits;
  /** How much requests hold at the moment: less than the limits on a connection that breaks under larger ones. */
  sizes: TransferSizes;
  /** What stopped the change of a row (`changeKey`) on the way, however small the request: it waits for the next sync. */
  stopped: Map<string, MoodsyncError>;
  /** This device's clock minus the server's at the last answer, in ms; null: not known yet. */
  clockSkewMs: number | null;
  counts: { uploaded: number; downloaded: number; conflicts: number };
  /** Before the account is founded anew: what waits here is not sent first, so no upload is answered with what stands. */
  isFounding?: boolean;
  /** What happened that the user should know, one sentence each. */
  notices: Set<string>;
  onProgress(progress: SyncProgress): void;
}

export interface SyncLimits {
  /** Most changes and bytes of JSON of one upload. */
  batchChanges: number;
  batchBytes: number;
  /** Changes of a download page. */
  pageChanges: number;
  /** Most changes that one sync downloads. */
  downloadChanges: number;
}

/** How much one request carries. */
export type TransferSizes = Pick<SyncLimits, "batchChanges" | "batchBytes" | "pageChanges">;

export const DEFAULT_SYNC_LIMITS: SyncLimits = {
  batchChanges: 1_000,
  batchBytes: 900 * 1024,
  pageChanges: 1_000,
  downloadChanges: 1_000_000,
};

/** `total` is null while it is not known. */
export interface SyncProgress {
  phase: "upload" | "download";
  done: number;
  total: number | null;
}

/** Compares the middle of a request that began at `startedAtMs` with the server's clock, where its answer holds that. */
export function measureSkew(
  session: SyncSession,
  startedAtMs: number,
  serverTimeMs: number | undefined,
): void {
  if (serverTimeMs === undefined) return;
  session.clockSkewMs = Math.round((startedAtMs + session.nowMs()) / 2 - serverTimeMs);
}
