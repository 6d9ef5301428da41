import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import type { SyncUploadRequest, SyncUploadResponse } from "../../domain/protocol/upload.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";

/** Later times are refused. An edit takes a later time than the version it was made from, and the last year is 9999:
 *  a version at its end could never be edited again. No clock decides, because this device's can be wrong by decades. */
const LATEST = "9000-01-01T00:00:00.000Z";
const LATEST_MS = Date.parse(LATEST);

/** Why a change was not applied: a word of the protocol, also one of a later version of it. */
const REASON = /^[a-z][a-z0-9_]{0,63}$/;

/** Refuses an answer to an upload that no moodsync server gives. Throws a `failure` before anything is stored. */
export function checkUploadResponse(
  { applied_ids, conflicts, server_time }: SyncUploadResponse,
  { changes }: SyncUploadRequest,
): void {
  if (applied_ids.length > changes.length || conflicts.length > changes.length)
    throw refused("The server answered for more changes than it was sent; nothing of it was stored.");
  const sentByKey = new Map(changes.map((change) => [changeKey(change), change]));
  const standing: SyncChange[] = [];
  for (const conflict of conflicts) {
    if (!REASON.test(conflict.reason))
      throw refused("The server gave a reason that makes no sense; nothing of its answer was stored.");
    if (!conflict.server_change) continue;
    if (changeKey(conflict.server_change) !== changeKey(conflict)) {
      throw refused("The server answered with the wrong entry; nothing of it was stored.");
    }
    const sent = sentByKey.get(changeKey(conflict));
    if (sent && !isTrueOf(conflict.reason, conflict.server_change, sent)) {
      throw refused("The server gave a reason that is not true; nothing of its answer was stored.");
    }
    standing.push(conflict.server_change);
  }
  checkTimes(standing, server_time);
}

/** Whether the version that stands is one that a change gives way to for this reason: an old one that is played again is
 *  merged into nothing. Reasons of a later protocol are believed. */
function isTrueOf(reason: string, standing: SyncChange, sent: SyncChange): boolean {
  const [standingMs, sentMs] = [timestampToMs(standing.updated_at), timestampToMs(sent.updated_at)];
  const { base_updated_at: base } = sent;
  switch (reason) {
    case "stale_base":
      return base === null || (base !== undefined && standingMs > timestampToMs(base));
    case "same_timestamp":
      return standingMs === sentMs;
    case "server_newer":
    case "superseded":
      return standingMs > sentMs;
    case "clock_skew":
      return standingMs < sentMs;
    default:
      return true;
  }
}

/** Whether an answer denies a version that the server once had: it rejects a change for its time and shows none that
 *  stands, or one that is older than the change's base. */
export function deniesBase({ conflicts }: SyncUploadResponse, { changes }: SyncUploadRequest): boolean {
  const skewed = conflicts.filter(({ reason }) => reason === "clock_skew");
  if (skewed.length === 0) return false;
  const baseByKey = new Map(changes.map((change) => [changeKey(change), change.base_updated_at]));
  return skewed.some((conflict) => {
    const base = baseByKey.get(changeKey(conflict));
    const { server_change: standing } = conflict;
    return !!base && (!standing || timestampToMs(standing.updated_at) < timestampToMs(base));
  });
}

/** The same for a download page; `limit` is how many changes were asked for at most. */
export function checkDownloadResponse({ changes, server_time }: SyncDownloadResponse, limit: number): void {
  if (changes.length > limit) {
    throw refused("The server sent more changes than were asked for; nothing of them was stored.");
  }
  checkTimes(changes, server_time);
}

/** The times are checked timestamps, so that their texts compare as their years do. */
function checkTimes(changes: readonly SyncChange[], serverTimeMs = 0): void {
  const isPossible = serverTimeMs >= 0 && serverTimeMs < LATEST_MS;
  if (isPossible && changes.every(({ updated_at }) => updated_at < LATEST)) return;
  throw refused("The server sent an impossible time; nothing of it was stored.");
}

function refused(message: string): MoodsyncError {
  return new MoodsyncError("failure", message, {
    hint: "Check the URL; if the server is your own, check its version and its clock.",
  });
}
