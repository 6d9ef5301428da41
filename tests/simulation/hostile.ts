import { changeKey } from "../../src/domain/protocol/change-key.ts";
import type { SealedChange, SealedConflict } from "../../src/domain/protocol/sealed-change.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import type { Version } from "../../src/domain/versions/version.ts";
import type { Answer, SyncTransport } from "../../src/sync/exchange/transport.ts";
import type { SimulatedDevice } from "./device.ts";
import { draftOf, fieldOf, SLOTS } from "./entities.ts";
import type { Tampering } from "./schedule.ts";
import type { Elsewhere } from "./sealing.ts";
import { BrokenPromise, type World } from "./world.ts";

interface SealedAnswer {
  changes?: SealedChange[];
  applied_ids?: string[];
  conflicts?: SealedConflict[];
}

interface Loot {
  /** The changes of the request. */
  sent: SealedChange[];
  /** All that it ever got of this user. */
  known: SealedChange[];
  /** What devices sealed with the same key and sent for another account, or for another generation. */
  sealElsewhere(where: Elsewhere, change: SyncChange): SealedChange;
}

/** What a server without the key could answer instead, of what it was sent. */
export function tamperWith(
  answer: Answer<never>,
  how: Tampering,
  { sent, known, sealElsewhere }: Loot,
): Answer<never> {
  if (how === "expired") return { status: "resync_required", reason: "cursor_expired" };
  if (how === "forgotten") return { status: "resync_required", reason: "unknown_cursor" };
  if (answer.status !== "ok") return answer;
  const response = answer.response as SealedAnswer;
  const alter = (change: SealedChange) => altered(change, how, { known, sealElsewhere });
  const oldest = (id: string) => known.find((change) => change.id === id);
  const conflictsOf = (more: (change: SealedChange) => Partial<SealedConflict>) => ({
    applied_ids: [],
    conflicts: sent.map((change) => ({ id: change.id, reason: "stale_base", ...more(change) })),
  });
  const changed = (): SealedAnswer => {
    switch (how) {
      case "left_out":
        return response.changes ? { changes: response.changes.slice(1) } : {};
      case "all_applied":
        return response.applied_ids ? { applied_ids: sent.map(({ id }) => id), conflicts: [] } : {};
      case "false_conflict": {
        const standing = (id: string) => (oldest(id) ? { server_change: withoutBase(oldest(id)!) } : {});
        return response.conflicts ? conflictsOf(({ id }) => standing(id)) : {};
      }
      case "false_skew":
        return response.conflicts ? conflictsOf(() => ({ reason: "clock_skew" })) : {};
      default:
        return {
          ...(response.changes ? { changes: response.changes.map(alter) } : {}),
          ...(response.conflicts
            ? {
                conflicts: response.conflicts.map(({ server_change, ...conflict }) => ({
                  ...conflict,
                  ...(server_change ? { server_change: alter(server_change) } : {}),
                })),
              }
            : {}),
        };
    }
  };
  return { status: "ok", response: { ...response, ...changed() } as never };
}

/** Format and generation stand at the beginning of an envelope for everybody to read, or to write. */
const OPEN_HEADER_BYTES = 5;

function altered(
  change: SealedChange,
  how: Tampering,
  { known, sealElsewhere }: Pick<Loot, "known" | "sealElsewhere">,
): SealedChange {
  const envelope = Buffer.from(change.envelope, "base64");
  const seal = (bytes: Uint8Array) => ({ ...change, envelope: Buffer.from(bytes).toString("base64") });
  const other = known.find(({ id }) => id !== change.id);
  switch (how) {
    case "other_id":
      return other ? { ...change, id: other.id } : change;
    case "other_envelope":
      return other ? { ...change, envelope: other.envelope } : change;
    case "later":
      return { ...change, updated_at: new Date(Date.parse(change.updated_at) + 60_000).toISOString() };
    case "deleted":
      return { ...change, deleted: !change.deleted };
    case "bit":
      envelope[envelope.length - 40]! ^= 1;
      return seal(envelope);
    case "played_again":
      return withoutBase(known.find(({ id }) => id === change.id) ?? change);
    case "entity_beside":
      return { ...seal(envelope.subarray(1)), ...forgedEntity(change) };
    case "other_account":
    case "other_generation": {
      const elsewhere = sealElsewhere(how, forgedEntity(change));
      const bytes = Buffer.from(elsewhere.envelope, "base64");
      envelope.copy(bytes, 0, 0, OPEN_HEADER_BYTES);
      return { ...elsewhere, envelope: bytes.toString("base64") };
    }
    default:
      return change;
  }
}

/** An entity that no device wrote, as a plain server would show it. */
function forgedEntity({ updated_at }: SealedChange): SyncChange {
  const field = fieldOf(FORGED, 0, false);
  const draft = draftOf(FORGED, null, { field, token: 999, marked: false });
  const metadata = { created_at: updated_at, updated_at, deleted_at: null };
  const data = { ...draft, metadata };
  return { entity_type: FORGED.entityType, id: FORGED.id, updated_at, deleted: false, data };
}

const FORGED = { ...SLOTS[0]!, id: "f0000000-0000-4000-8000-00000000000a" };

function withoutBase({ base_updated_at: _, ...change }: SealedChange): SealedChange {
  return change;
}

/** Watches one sync of a device with a hostile server: what the device sends becomes authentic, and after the sync nothing
 *  that is not stands on it as acknowledged, nothing went back, and what could not be opened is kept. */
export function watchSync(world: World, device: SimulatedDevice, transport: SyncTransport) {
  const { product, database } = device;
  const { authentic } = world;
  const read = () =>
    [...SLOTS, FORGED]
      .flatMap(({ entityType, id }) => product.readRow(database.db, entityType, id) ?? [])
      .map((row) => [changeKey({ entity_type: row.entityType, id: row.id }), row] as const);
  const before = new Map(read());
  const known = new Set(authentic);
  const unreadable = new Set<string>();
  const note = (change: SyncChange) => {
    const parsed = product.parseChange(change);
    if (parsed.status !== "valid") return;
    authentic.add(versionOf(parsed.version));
  };
  const watched: SyncTransport = {
    ...transport,
    upload(request, onSent) {
      request.changes.forEach(note);
      return transport.upload(request, onSent).then((answer) => {
        if (answer.status === "ok") for (const id of answer.response.opened_ids ?? []) unreadable.delete(id);
        return answer;
      });
    },
    async download(request, onSent) {
      const answer = await transport.download(request, onSent);
      if (answer.status !== "ok") return answer;
      for (const id of answer.response.opened_ids ?? []) unreadable.delete(id);
      for (const { entity_type, id } of answer.response.changes)
        if (entity_type === "Sealed") unreadable.add(id);
      return answer;
    },
  };

  function check({ isWhole, wasResynced }: { isWhole: boolean; wasResynced: boolean }): void {
    for (const [key, row] of read()) {
      const isPending = row.revision !== row.ackedRevision;
      if (!isPending && !authentic.has(versionOf(row)))
        throw new BrokenPromise(`authenticity: no device wrote what stands of ${key}`);
      const past = before.get(key);
      if (!past || row.updatedAtMs >= past.updatedAtMs) continue;
      const wasPending = past.revision !== past.ackedRevision;
      if (!wasPending && known.has(versionOf(row)))
        throw new BrokenPromise(`no way back: an older version of ${key} was taken`);
      if (wasPending && !wasResynced && past.base && row.updatedAtMs < past.base.updatedAtMs)
        throw new BrokenPromise(`no way back: ${key} is below the version that it was made from`);
    }
    if (!isWhole) return;
    const deferred = product.statement(database.db, DEFERRED).pluck().all() as string[];
    for (const id of unreadable)
      if (!deferred.includes(id)) throw new BrokenPromise("what could not be opened is not kept");
  }

  return { transport: watched, check };
}

const DEFERRED = "select id from deferred_changes where entity_type = 'Sealed'";

function versionOf({
  entityType,
  id,
  updatedAtMs,
  contentHash,
}: Omit<Version, "deleted" | "entity">): string {
  return `${entityType}/${id}/${updatedAtMs}/${contentHash}`;
}
