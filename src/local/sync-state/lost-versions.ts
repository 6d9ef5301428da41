import type Database from "better-sqlite3";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { type HistoryEntry, listHistory, listLostHistory } from "../versions/history.ts";
import { readRow } from "../versions/rows.ts";
import { OVERWRITTEN } from "./replaced-versions.ts";

/** A version of this device that lost against another device's, was merged with it, or was overwritten by one that was
 *  made without having seen it. */
export interface LostVersion {
  entityType: EntityType;
  id: string;
  outcome: "lost" | "merged" | "overwritten";
  /** The conflict's reason: why it was not applied. Null for one that had been applied before. */
  reason: string | null;
  updatedAtMs: number;
  contentHash: string;
  /** What it held; null for a deletion. */
  content: Entity | null;
  /** What stood instead; null for a deletion. */
  winner: Entity | null;
  winnerDeviceId: string | null;
  /** What it was merged with, where it was merged: the other device's version, which gave way to the merged one. */
  mergedWith: { contentHash: string; content: Entity | null } | null;
  /** When sync resolved the conflict, in ms since 1970. */
  resolvedAtMs: number;
}

/** Versions that lost, were merged or were overwritten, the latest first. */
export function listLostVersions(db: Database.Database, limit: number): LostVersion[] {
  return listLostHistory(db, limit).map((past) => {
    const { entityType, id, updatedAtMs, contentHash, winnerDeviceId } = past;
    const isOverwritten = past.reason === OVERWRITTEN;
    return {
      entityType,
      id,
      outcome: isOverwritten ? "overwritten" : (past.outcome as "lost" | "merged"),
      reason: isOverwritten ? null : past.reason,
      updatedAtMs,
      contentHash,
      content: liveContent(past),
      ...readOtherSides(db, past),
      winnerDeviceId,
      resolvedAtMs: past.storedAtMs,
    };
  });
}

/** What stands, or stood, instead of a version. Of a merge history keeps the other side, too, and its reason with it. */
function readOtherSides(
  db: Database.Database,
  { entityType, id, outcome, winnerHash }: HistoryEntry,
): Pick<LostVersion, "winner" | "mergedWith"> {
  const standing = readRow(db, entityType, id);
  const isStanding = !winnerHash || standing?.contentHash === winnerHash;
  const history = isStanding && outcome !== "merged" ? [] : listHistory(db, entityType, id);
  const winner = isStanding ? null : history.find(({ contentHash }) => contentHash === winnerHash);
  const other =
    outcome === "merged" &&
    history.find(
      (past) => past.winnerHash === winnerHash && past.outcome === "replaced" && past.reason !== null,
    );
  return {
    winner: isStanding ? (standing?.entity ?? null) : winner ? liveContent(winner) : null,
    mergedWith: other ? { contentHash: other.contentHash, content: liveContent(other) } : null,
  };
}

const liveContent = ({ deleted, content }: HistoryEntry): Entity | null => (deleted ? null : content);
