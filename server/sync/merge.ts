import type { ConflictInfo } from "../../src/domain/protocol/conflict.ts";
import type { ParsedChange } from "../../src/domain/protocol/parse-change.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import { timestampToMs } from "../../src/domain/time/timestamp.ts";
import { decideUpload } from "../../src/domain/versions/merge.ts";
import { type Version, versionToChange } from "../../src/domain/versions/version.ts";
import { type PastVersion, type StoredVersion, type UploadSnapshot, versionKey } from "./store.ts";

/** A change as it came, and what the check of its content found. */
export interface UploadedChange {
  change: SyncChange;
  parsed: ParsedChange;
}

export interface MergeResult {
  appliedIds: string[];
  conflicts: ConflictInfo[];
  /** What stands now and did not before, one per entity. */
  stored: StoredVersion[];
  /** What history does not hold yet, each once. */
  history: PastVersion[];
  newSeq: number;
  /** What the account takes with all this. */
  newBytes: number;
  /** What the versions take that the conflicts are answered with. */
  conflictBytes: number;
  /** Nothing is stored but deletions of what stood. */
  onlyDeletes: boolean;
}

/** Applies the merge rule to the changes of one upload in the order given, each against what the ones before it left.
 *  Pure: the snapshot is not changed. */
export function mergeUpload(
  changes: readonly UploadedChange[],
  snapshot: UploadSnapshot,
  deviceId: string,
): MergeResult {
  const standing = new Map(snapshot.stored.map((stored) => [entityKey(stored), stored]));
  const outcomeByVersion = new Map(snapshot.outcomeByVersion);
  const stored = new Map<string, StoredVersion>();
  const history = new Map<string, PastVersion>();
  const appliedIds = new Set<string>();
  const conflicts: ConflictInfo[] = [];
  let seq = snapshot.head.seq;
  let bytes = snapshot.storedBytes;
  let conflictBytes = 0;
  let onlyDeletes = true;

  /** A version that lost and is replaced later turns from one into the other, never back. */
  const remember = (kept: PastVersion) => {
    const key = versionKey(kept.version);
    const known = outcomeByVersion.get(key);
    if (known === "replaced" || known === kept.outcome) return;
    if (known === undefined) bytes += kept.bytes;
    outcomeByVersion.set(key, kept.outcome);
    history.set(key, kept);
  };

  for (const { change, parsed } of changes) {
    if (parsed.status !== "valid") {
      conflicts.push(rejection(change, parsed));
      continue;
    }
    const { version } = parsed;
    const key = entityKey(version);
    const current = standing.get(key);
    const decision = decideUpload(
      current ?? null,
      {
        updatedAtMs: version.updatedAtMs,
        contentHash: version.contentHash,
        baseUpdatedAtMs: baseOf(change),
        wasReplaced: current !== undefined && outcomeByVersion.get(versionKey(version)) === "replaced",
      },
      snapshot.serverTimeMs,
    );
    if (decision.status === "conflict") {
      conflicts.push(conflictWith(change, decision.reason, current));
      conflictBytes += current?.bytes ?? 0;
      if (current !== undefined && KEPT_AS_LOST.has(decision.reason)) {
        remember({ version, outcome: "lost", deviceId, storedAtMs: null, bytes: storedBytes(version) });
        onlyDeletes = false;
      }
      continue;
    }
    appliedIds.add(version.id);
    if (!decision.stores) continue;
    if (current !== undefined) remember(replaced(current));
    seq += 1;
    const taken = toStored(version, seq, deviceId);
    bytes += taken.bytes - (current?.bytes ?? 0);
    onlyDeletes &&= taken.deleted && current?.deleted === false;
    standing.set(key, taken);
    stored.set(key, taken);
  }
  return {
    appliedIds: [...appliedIds],
    conflicts,
    stored: [...stored.values()],
    history: [...history.values()],
    newSeq: seq,
    newBytes: bytes + (seq > snapshot.head.seq ? ENVELOPE_BYTES : 0),
    conflictBytes,
    onlyDeletes,
  };
}

/** A `superseded` version is in history already, and one rejected for its clock comes again with another time. */
const KEPT_AS_LOST: ReadonlySet<string> = new Set(["stale_base", "same_timestamp", "server_newer"]);

/** What a version takes beside its content, and what an upload takes beside its versions, in bytes. */
const ENVELOPE_BYTES = 200;

/** What a version takes of its account's quota and of an answer: the bytes of its JSON. */
function storedBytes({ entity }: Pick<Version, "entity">): number {
  return ENVELOPE_BYTES + (entity === null ? 0 : Buffer.byteLength(JSON.stringify(entity)));
}

function entityKey({ entityType, id }: Version): string {
  return `${entityType}/${id}`;
}

function baseOf({ base_updated_at: base }: SyncChange): number | null | undefined {
  return typeof base === "string" ? timestampToMs(base) : base;
}

function toStored(version: Version, seq: number, deviceId: string): StoredVersion {
  const { entityType, id, updatedAtMs, deleted, entity, contentHash } = version;
  const bytes = storedBytes(version);
  return {
    entityType,
    id,
    updatedAtMs,
    deleted,
    entity,
    contentHash,
    seq,
    deviceId,
    storedAtMs: null,
    bytes,
  };
}

function replaced(stored: StoredVersion): PastVersion {
  const { entityType, id, updatedAtMs, deleted, entity, contentHash, deviceId, storedAtMs, bytes } = stored;
  const version: Version = { entityType, id, updatedAtMs, deleted, entity, contentHash };
  return { version, outcome: "replaced", deviceId, storedAtMs, bytes };
}

function rejection(change: SyncChange, parsed: Exclude<ParsedChange, { status: "valid" }>): ConflictInfo {
  const named = { entity_type: change.entity_type, id: change.id, reason: parsed.status };
  return parsed.status === "invalid" ? { ...named, detail: parsed.detail } : named;
}

function conflictWith(change: SyncChange, reason: string, current: StoredVersion | undefined): ConflictInfo {
  const conflict: ConflictInfo = { entity_type: change.entity_type, id: change.id, reason };
  if (current !== undefined) {
    conflict.server_change = versionToChange(current);
    conflict.server_device_id = current.deviceId;
  }
  return conflict;
}
