import { timestampToMs } from "../../src/domain/time/timestamp.ts";
import { decideUpload } from "../../src/domain/versions/merge.ts";
import {
  type AnyVersion,
  type Content,
  entityKey,
  type Kind,
  type Parsed,
  type Rejection,
  versionKey,
} from "./content.ts";
import type { PastVersion, StoredVersion, UploadSnapshot } from "./store.ts";

/** A change as it came, and what the check of its content found. */
export interface UploadedChange<K extends Kind> {
  change: K["change"];
  parsed: Parsed<K>;
}

export interface MergeResult<K extends Kind> {
  appliedIds: string[];
  conflicts: K["conflict"][];
  /** What stands now and did not before, one per entity. */
  stored: StoredVersion<K["version"]>[];
  /** What history does not hold yet, each once. */
  history: PastVersion<K["version"]>[];
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
export function mergeUpload<K extends Kind>(
  content: Content<K>,
  changes: readonly UploadedChange<K>[],
  snapshot: UploadSnapshot<K["version"]>,
  deviceId: string,
): MergeResult<K> {
  const standing = new Map(snapshot.stored.map((stored) => [entityKey(stored), stored]));
  const outcomeByVersion = new Map(snapshot.outcomeByVersion);
  const stored = new Map<string, StoredVersion<K["version"]>>();
  const history = new Map<string, PastVersion<K["version"]>>();
  const appliedIds = new Set<string>();
  const conflicts: K["conflict"][] = [];
  let seq = snapshot.head.seq;
  let bytes = snapshot.storedBytes;
  let conflictBytes = 0;
  let onlyDeletes = true;

  /** A version that lost and is replaced later turns from one into the other, never back. */
  const remember = (kept: PastVersion<K["version"]>) => {
    const key = versionKey(kept.version);
    const known = outcomeByVersion.get(key);
    if (known === "replaced" || known === kept.outcome) return;
    if (known === undefined) bytes += kept.bytes;
    outcomeByVersion.set(key, kept.outcome);
    history.set(key, kept);
  };

  for (const { change, parsed } of changes) {
    if (parsed.status !== "valid") {
      const { status: reason, ...detail } = parsed;
      conflicts.push(content.toConflict(change, { reason, ...detail }));
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
      conflicts.push(
        content.toConflict(change, { reason: decision.reason, ...standingIn(content, current) }),
      );
      conflictBytes += current?.bytes ?? 0;
      if (current !== undefined && KEPT_AS_LOST.has(decision.reason)) {
        remember({
          version,
          outcome: "lost",
          deviceId,
          storedAtMs: null,
          bytes: storedBytes(content, version),
        });
        onlyDeletes = false;
      }
      continue;
    }
    appliedIds.add(version.id);
    if (!decision.stores) continue;
    if (current !== undefined) remember(replaced(current));
    seq += 1;
    const taken = { ...version, seq, deviceId, storedAtMs: null, bytes: storedBytes(content, version) };
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

/** What a version takes of its account's quota and of an answer. */
function storedBytes<K extends Kind>(content: Content<K>, version: K["version"]): number {
  return ENVELOPE_BYTES + content.bytesOf(version);
}

function baseOf({ base_updated_at: base }: Kind["change"]): number | null | undefined {
  return typeof base === "string" ? timestampToMs(base) : base;
}

function replaced<V extends AnyVersion>(current: StoredVersion<V>): PastVersion<V> {
  const { deviceId, storedAtMs, bytes } = current;
  return { version: current, outcome: "replaced", deviceId, storedAtMs, bytes };
}

/** What a conflict shows of the version that stands. */
function standingIn<K extends Kind>(
  { toChange }: Content<K>,
  current: StoredVersion<K["version"]> | undefined,
): Pick<Rejection<K>, "server_change" | "server_device_id"> {
  return current === undefined
    ? {}
    : { server_change: toChange(current), server_device_id: current.deviceId };
}
