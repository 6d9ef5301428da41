import type { Entity } from "../../domain/entities/entity.ts";
import { MAX_CLOCK_LEAD_MS } from "../../domain/limits.ts";
import type { ConflictInfo } from "../../domain/protocol/conflict.ts";
import { parseChange } from "../../domain/protocol/parse-change.ts";
import { differencesBetween } from "../../domain/versions/difference.ts";
import { decideUpload } from "../../domain/versions/merge.ts";
import { mergeVersions, restamp } from "../../domain/versions/merge-versions.ts";
import type { Version, VersionStamp } from "../../domain/versions/version.ts";
import { recordRejection } from "../../local/sync-state/rejected-changes.ts";
import { forgetSent, type SentVersion } from "../../local/sync-state/sent-versions.ts";
import { findPastVersion, recordHistory, wasEditedHere } from "../../local/versions/history.ts";
import { readRow, type StoredRow, storeVersion } from "../../local/versions/rows.ts";
import type { SyncSession } from "./sync-session.ts";
import { takeVersion } from "./take-version.ts";

/** Resolves the conflict of a change that the server did not apply. Runs inside the batch's transaction.
 *  `serverTimeMs` is the server's clock at the answer, `skewMs` this device's lead over it; null: not known. */
export function resolveConflict(
  session: SyncSession,
  sent: SentVersion,
  conflict: ConflictInfo,
  clock: { serverTimeMs: number; skewMs: number } | null,
): void {
  const { db } = session;
  const { entityType, id } = sent;
  const row = readRow(db, entityType, id);
  forgetSent(db, entityType, id);
  if (!row) return;
  const parsed = conflict.server_change && parseChange(conflict.server_change);
  const theirs = parsed?.status === "valid" ? parsed.version : null;

  if (conflict.reason === "clock_skew") {
    if (!clock) reject(session, sent, row, conflict);
    else if (row.revision === sent.revision) restampSkewed(session, row, { theirs, ...clock });
  } else if (!theirs) {
    reject(session, sent, row, conflict);
  } else if (conflict.reason === "superseded" && row.revision === sent.revision) {
    // It had arrived, only its answer was lost, and somebody replaced it since, as they may: whether they had seen it is
    // asked later, as of any version that a download replaces.
    takeVersion(session, { row, version: theirs }, { outcome: "replaced", nowMs: session.nowMs() });
    session.counts.downloaded++;
  } else if (conflict.reason !== "superseded" && isOwnPast(session, row, theirs)) {
    if (row.revision === sent.revision) restampAbove(session, row, theirs);
  } else {
    const base = conflict.reason === "superseded" ? sent.entity : baseOf(session, row);
    resolveByMerge(session, { base, row, theirs, conflict });
  }
}

/** Merges a version that stands into a row that waits, where the answer to its upload would. One from before the row's
 *  base, as a server has it that went back, becomes history. */
export function mergeIntoPending(session: SyncSession, row: StoredRow, theirs: Version): void {
  if (isOwnPast(session, row, theirs)) return;
  const { db, nowMs } = session;
  const change = { ...row, baseUpdatedAtMs: row.base?.updatedAtMs ?? null, wasReplaced: false };
  const decision = decideUpload(theirs, change, nowMs());
  if (decision.status === "applied" || decision.reason === "clock_skew") {
    if (theirs.contentHash === row.contentHash) return;
    const replaced = { outcome: "replaced", winnerHash: row.contentHash, nowMs: nowMs() } as const;
    recordHistory(db, { ...theirs, content: theirs.entity }, replaced);
    return;
  }
  const { entityType: entity_type, id } = row;
  forgetSent(db, entity_type, id);
  const conflict: ConflictInfo = { entity_type, id, reason: decision.reason };
  resolveByMerge(session, { base: baseOf(session, row), row, theirs, conflict });
}

/** Takes theirs where nothing of mine is left to add, else stores the merged version, pending on theirs. */
function resolveByMerge(
  session: SyncSession,
  {
    base,
    row,
    theirs,
    conflict,
  }: { base: Entity | null; row: StoredRow; theirs: Version; conflict: ConflictInfo },
): void {
  const { db, counts, abilities } = session;
  const nowMs = session.nowMs();
  const { reason, server_device_id } = conflict;
  const answered = { reason, ...(server_device_id ? { winnerDeviceId: server_device_id } : {}) };
  const merged = abilities.merges ? mergeVersions({ base, mine: row, theirs }) : theirs;
  // Two devices that both made the activity "run" differ in when they made it, which is no conflict to anybody.
  const differs = row.deleted !== theirs.deleted || differencesBetween(row.entity, theirs.entity).length > 0;
  if (differs) counts.conflicts++;
  if (merged === theirs) {
    const outcome = differs ? "lost" : "replaced";
    takeVersion(session, { row, version: theirs }, { outcome, ...answered, nowMs });
    return;
  }
  const ending = { ...answered, winnerHash: merged.contentHash, nowMs };
  recordHistory(db, row, { ...ending, outcome: "merged" });
  recordHistory(db, { ...theirs, content: theirs.entity }, { ...ending, outcome: "replaced" });
  storePending(db, row, merged, theirs);
}

/** After `clock_skew`: gives an edit made under a clock that is ahead the time that a right clock would have shown, but a
 *  later one than the version that its user edited. So it still replaces what they saw, and wins over nothing newer that
 *  they did not see. For example: edited at "10:30" on a clock 20 minutes ahead, it becomes 10:10; if the version that was
 *  edited carries 10:15, it becomes 10:15 and a millisecond. */
function restampSkewed(
  session: SyncSession,
  row: StoredRow,
  { theirs, serverTimeMs, skewMs }: { theirs: Version | null; serverTimeMs: number; skewMs: number },
): void {
  const candidates = [Math.min(serverTimeMs, row.updatedAtMs - skewMs)];
  if (row.base) candidates.push(Math.min(row.base.updatedAtMs + 1, serverTimeMs + MAX_CLOCK_LEAD_MS));
  if (theirs && isOwnPast(session, row, theirs)) candidates.push(theirs.updatedAtMs + 1);
  storePending(session.db, row, restamp(row, Math.max(...candidates)), row.base);
}

/** Gives the edit a time just above the server's version, which this device had already replaced, and leaves it pending. */
function restampAbove({ db }: SyncSession, row: StoredRow, theirs: Version): void {
  storePending(db, row, restamp(row, theirs.updatedAtMs + 1), theirs);
}

function storePending(
  db: SyncSession["db"],
  row: StoredRow,
  version: Version,
  base: VersionStamp | null,
): void {
  storeVersion(db, version, {
    revision: row.revision + 1,
    ackedRevision: row.ackedRevision,
    base,
  });
}

/** Whether a version is the row's base, or one that an edit on this device replaced. */
function isOwnPast({ db }: SyncSession, row: StoredRow, theirs: Version): boolean {
  return theirs.contentHash === row.base?.contentHash || wasEditedHere(db, theirs);
}

/** What the edit was made from. Null where it was made from nothing, or from what is no longer known. */
function baseOf({ db }: SyncSession, row: StoredRow): Entity | null {
  if (!row.base) return null;
  if (row.contentHash === row.base.contentHash) return row.entity;
  const past = findPastVersion(db, row.entityType, row.id, row.base);
  return past && !past.deleted ? past.content : null;
}

/** Keeps the row pending, with the reason; it is sent again after an edit or an upgrade of moodsync. */
function reject(
  { db, appVersion, nowMs }: SyncSession,
  sent: SentVersion,
  row: StoredRow,
  conflict: ConflictInfo,
): void {
  recordRejection(db, {
    entityType: row.entityType,
    id: row.id,
    revision: sent.revision,
    reason: conflict.reason,
    detail: conflict.detail === undefined ? null : detailToKeep(conflict.detail),
    appVersion,
    nowMs: nowMs(),
  });
}

/** Longest detail that is kept, in UTF-16 units: one names a field and a rule. */
const MAX_DETAIL_LENGTH = 300;

function detailToKeep(detail: string): string {
  return detail.slice(0, MAX_DETAIL_LENGTH).replace(/[\p{Cc}\p{Cs}]+/gu, " ");
}
