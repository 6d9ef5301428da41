import { MAX_CLOCK_LEAD_MS } from "../limits.ts";
import type { ConflictReason } from "../protocol/conflict.ts";
import type { VersionStamp } from "./version.ts";

/** A change as the merge rule reads it. */
export interface ComparedChange extends VersionStamp {
  /** The version that the edit was made from; null: none was seen; undefined: the client does not say. */
  baseUpdatedAtMs?: number | null | undefined;
  /** Whether history shows this very version as replaced. */
  wasReplaced: boolean;
}

export type UploadDecision =
  | { status: "applied"; stores: boolean }
  | {
      status: "conflict";
      reason: Extract<
        ConflictReason,
        "superseded" | "stale_base" | "same_timestamp" | "server_newer" | "clock_skew"
      >;
    };

/** Last-writer-wins for one uploaded change against the stored version (null: none). The first line that fits
 *  decides; the order of the lines was found by simulation, and each has a case in the table of merge cases. */
export function decideUpload(
  stored: VersionStamp | null,
  change: ComparedChange,
  serverTimeMs: number,
): UploadDecision {
  if (stored) {
    const storedIsNewer = stored.updatedAtMs > change.updatedAtMs;
    if (isSameVersion(stored, change)) return { status: "applied", stores: false };
    if (storedIsNewer && change.wasReplaced) return conflict("superseded");
    if (isPastBase(stored, change.baseUpdatedAtMs)) return conflict("stale_base");
    if (stored.updatedAtMs === change.updatedAtMs) return conflict("same_timestamp");
    if (storedIsNewer) return conflict("server_newer");
  }
  const leadMs = change.updatedAtMs - serverTimeMs;
  if (leadMs > MAX_CLOCK_LEAD_MS && (!stored || change.updatedAtMs > stored.updatedAtMs + 1)) {
    return conflict("clock_skew");
  }
  return { status: "applied", stores: true };
}

/** What a device does with a downloaded change, against its own version of that entity (null: none). */
export type DownloadDecision = "take" | "leave_pending" | "keep_and_repair" | "same";

/** A device's own row; it is pending while the server has not acknowledged its latest revision. */
export interface LocalRow extends VersionStamp {
  revision: number;
  ackedRevision: number;
}

/** A pending version is left: its upload is answered with what stands. Otherwise equal or newer is taken, and an
 *  older one means that the server went back, so the local version is sent to it again. */
export function decideDownload(local: LocalRow | null, remote: VersionStamp): DownloadDecision {
  if (!local) return "take";
  if (local.revision !== local.ackedRevision) return "leave_pending";
  if (isSameVersion(local, remote)) return "same";
  return remote.updatedAtMs >= local.updatedAtMs ? "take" : "keep_and_repair";
}

function isSameVersion(a: VersionStamp, b: VersionStamp): boolean {
  return a.updatedAtMs === b.updatedAtMs && a.contentHash === b.contentHash;
}

function isPastBase(stored: VersionStamp, baseUpdatedAtMs: number | null | undefined): boolean {
  if (baseUpdatedAtMs === undefined) return false;
  return baseUpdatedAtMs === null || stored.updatedAtMs > baseUpdatedAtMs;
}

function conflict(reason: Extract<UploadDecision, { status: "conflict" }>["reason"]): UploadDecision {
  return { status: "conflict", reason };
}
